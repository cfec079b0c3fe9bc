"""
The house stands as it was drawn: every import points the way DESIGN section 3 allows.

Both arrows are checked on every import in the product's source, at any depth:
between the apps, and between the rooms of one app.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["contest", "leaderboards", "quizzes", "accounts", "contest.lib"]
EDGES = {"views", "api", "admin", "tasks", "management", "urls", "apps"}
SHAPES = {"forms", "serializers"}
RULES_MAY_USE = {"leaderboards.rules", "quizzes.rules", "accounts.rules"}
STANDARD_FORBIDDEN_IN_RULES = {"django", "time", "random", "secrets", "os", "celery"}


def app_of(module):
    """The app that a dotted module belongs to, or None for a library."""
    for app in sorted(APPS, key=len, reverse=True):
        if module == app or module.startswith(f"{app}."):
            return app
    return None


def room_of(module):
    """The room inside its app (``services``), or the empty text for the app itself."""
    rest = module.removeprefix(app_of(module)).strip(".")
    return rest.split(".")[0]


def product_files():
    for app in ("contest", "accounts", "quizzes", "leaderboards"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path):
    """``(line, dotted module)`` of each import; ``from a import b`` gives ``a.b``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} is a relative import"
            for name in node.names:
                yield node.lineno, f"{node.module}.{name.name}"


def wrong_between_apps(module, imported):
    """Whether the import goes to the left: to an app that may not be known."""
    own, other = app_of(module), app_of(imported)
    if other is None or own == other or own == "contest":
        return False
    return APPS.index(other) < APPS.index(own)


def wrong_between_rooms(module, imported):
    """Whether, inside one app, a room imports from one above it."""
    if app_of(module) != app_of(imported) or app_of(module) in (None, "contest"):
        return False
    own, other = room_of(module), room_of(imported)
    if own == other or app_of(module) == "contest.lib":
        return False
    return level(own) < level(other)


def level(room):
    """Rooms from the bottom up; a module of its own (``wording``) is a service."""
    if room == "rules":
        return 0
    if room == "models":
        return 1
    if room in EDGES:
        return 4
    return 3 if room in SHAPES else 2


def all_imports():
    for path in product_files():
        for line, imported in imports_of(path):
            yield path, line, module_of(path), imported


@pytest.mark.parametrize("wrong", [wrong_between_apps, wrong_between_rooms])
def test_no_import_points_the_wrong_way(wrong):
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {imported}"
        for path, line, module, imported in all_imports()
        if wrong(module, imported)
    ]

    assert found == []


def test_rules_are_pure_python():
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {imported}"
        for path, line, module, imported in all_imports()
        if room_of(module) == "rules"
        and app_of(module)
        and (
            imported.split(".")[0] in STANDARD_FORBIDDEN_IN_RULES
            or (
                app_of(imported)
                and ".".join(imported.split(".")[:2]) not in RULES_MAY_USE
            )
        )
    ]

    assert found == []


def test_no_import_hides_inside_a_function():
    found = []
    for path in product_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                found += [
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                    for node in ast.walk(function)
                    if isinstance(node, ast.Import | ast.ImportFrom)
                    and path.name != "apps.py"
                ]

    assert found == []


def test_the_project_package_imports_nothing():
    assert list(imports_of(ROOT / "contest" / "__init__.py")) == []


@pytest.mark.parametrize(
    "room",
    [
        "accounts/services/privacy.py",
        "accounts/models/roster.py",
        "leaderboards/services/configuration.py",
        "leaderboards/views/result.py",
    ],
)
def test_what_spans_everything_lives_where_everything_is_seen(room):
    """Import, result page, roster and my data have the rooms that DESIGN gives them."""
    assert (ROOT / room).is_file()


@pytest.mark.parametrize(
    ("module", "imported", "wrong"),
    [
        ("quizzes.services.attempts", "leaderboards.models.Tally", wrong_between_apps),
        ("contest.lib.clock", "accounts.models.User", wrong_between_apps),
        ("accounts.services.signup", "contest.settings.DEBUG", wrong_between_apps),
        (
            "quizzes.models.attempts",
            "quizzes.services.attempts.save",
            wrong_between_rooms,
        ),
        ("quizzes.rules.scoring", "quizzes.models.Attempt", wrong_between_rooms),
        ("quizzes.services.pools", "quizzes.forms.JoinForm", wrong_between_rooms),
        ("quizzes.forms", "quizzes.views.pages", wrong_between_rooms),
    ],
)
def test_an_arrow_that_points_the_wrong_way_is_seen(module, imported, wrong):
    assert wrong(module, imported)
