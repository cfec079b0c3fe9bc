"""
The English catalogue is whole, sound and as new as the source.

With GNU gettext, ``django-admin makemessages -l en --no-wrap --no-obsolete
--add-location file -i .venv -i tests -i var`` brings in what is new and leaves out
what is gone; without it the catalogue is edited by hand, as these tests say.
"""

import ast
import re
from io import BytesIO

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.utils.translation.template import templatize

CATALOGUE = "contest/locale/en/LC_MESSAGES/django.po"
PRODUCT = ["accounts", "contest", "leaderboards", "quizzes"]
# The places of the context and the message among a function's arguments.
FUNCTIONS = {
    "gettext": (None, 0),
    "gettext_lazy": (None, 0),
    "gettext_noop": (None, 0),
    "ngettext": (None, 0),
    "ngettext_lazy": (None, 0),
    "pgettext": (0, 1),
    "pgettext_lazy": (0, 1),
    "npgettext": (0, 1),
    "npgettext_lazy": (0, 1),
}
IN_TEMPLATES = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@pytest.fixture(scope="module")
def catalogue():
    with (settings.BASE_DIR / CATALOGUE).open("rb") as source:
        return read_po(source, locale="en", abort_invalid=True)


@pytest.fixture(scope="module")
def entries(catalogue):
    return [entry for entry in catalogue if entry.id]


def test_every_sentence_has_its_english(entries):
    assert [entry.id for entry in entries if not entry.string] == []


def test_no_english_is_a_guess(entries):
    assert [entry.id for entry in entries if entry.fuzzy] == []


def test_places_to_fill_are_the_same_in_both_languages(catalogue):
    assert [(entry.id, faults) for entry, faults in catalogue.check()] == []


@pytest.mark.parametrize("shape", [r"%%|%\(\w+\)[sd]", r"<[^>]*>", r"^\s+|\s+$", "#"])
def test_english_keeps_markup_spaces_and_signs(entries, shape):
    differing = [
        entry.id
        for entry in entries
        if sorted(re.findall(shape, entry.id))
        != sorted(re.findall(shape, entry.string))
    ]

    assert differing == []


def test_no_sentence_shouts(entries):
    assert [entry.id for entry in entries if "!" in entry.id + entry.string] == []


def test_the_catalogue_compiles(tmp_path, settings, capsys):
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes((settings.BASE_DIR / CATALOGUE).read_bytes())
    settings.LOCALE_PATHS = [tmp_path]

    call_command("compile_translations")

    assert capsys.readouterr().out == "1 catalogues compiled\n"


def test_the_catalogue_holds_what_the_source_says_and_nothing_else(entries):
    known = {(entry.context, entry.id) for entry in entries}
    said = set(said_in_python()) | set(said_in_templates())

    assert sorted(map(str, said - known)) == []
    assert sorted(map(str, known - said)) == []


def said_in_python():
    """``(context or None, message)`` of every call of gettext in the product."""
    for folder in PRODUCT:
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            tree = ast.parse(path.read_bytes())
            names = functions_in(tree)
            calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
            for call in calls:
                places = names.get(getattr(call.func, "id", None))
                if places:
                    yield said(call, places, path)


def functions_in(tree):
    """What a module calls the functions of gettext that it imports."""
    return {
        alias.asname or alias.name: FUNCTIONS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in FUNCTIONS
    }


def said(call, places, path):
    """The context and message of a call; both must be literal to be extracted."""
    texts = [None if place is None else call.args[place] for place in places]
    where = f"{path}:{call.lineno}"
    assert all(t is None or isinstance(t, ast.Constant) for t in texts), where
    return tuple(t and t.value for t in texts)


def said_in_templates():
    """``(context or None, message)`` of every tag that translates."""
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        code = templatize(path.read_text(), origin=path.name)
        for _, function, found, _ in extract_python(
            BytesIO(code.encode()), IN_TEMPLATES, (), {"encoding": "utf-8"}
        ):
            parts = (found,) if isinstance(found, str) else found
            yield parts[:2] if "pgettext" in function else (None, parts[0])
