"""What the look promises and a glance at one page cannot prove."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:")
ELSEWHERE = re.compile(r"(?:href|src|url|import|fetch)\W{0,3}(?:https?:)?//")


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_compiles_and_has_no_inline_script_or_style(path):
    text = path.read_text(encoding="utf-8")

    get_template(str(path.relative_to(ROOT / "templates")))
    assert not INLINE.search(text)
    assert len(text.splitlines()) <= 100


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES, *SCRIPTS], ids=name_of)
def test_nothing_is_asked_of_another_host(path):
    assert not ELSEWHERE.search(path.read_text(encoding="utf-8"))


def test_both_dark_blocks_have_the_same_values():
    text = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r"{\s*color-scheme: dark;(.*?)}", text, re.S)
    values = [re.findall(r"(--[\w-]+): ([^;]+);", block) for block in blocks]

    assert len(values) == 2
    assert values[0] == values[1]
    assert len(values[0]) == 30


def test_only_tokens_hold_colours():
    allowed = {"tokens.css"}
    found = [
        f"{name_of(path)}: {colour}"
        for path in STYLES
        if path.name not in allowed
        for colour in re.findall(
            r"(?<=[:\s])#(?:[0-9a-f]{3}|[0-9a-f]{6})\b(?=[;\s])",
            path.read_text(encoding="utf-8"),
        )
    ]

    assert found == ["static/css/components/panel.css: #ffffff"]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_file_that_a_page_names_is_there(path):
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"{% static '([^']+)' %}", text)

    assert [name for name in named if finders.find(name) is None] == []


def test_every_module_imports_modules_that_are_there():
    missing = [
        f"{name_of(path)}: {name}"
        for path in SCRIPTS
        for name in re.findall(r'from "\./([\w.-]+)"', path.read_text(encoding="utf-8"))
        if not (path.parent / name).is_file()
    ]

    assert missing == []
