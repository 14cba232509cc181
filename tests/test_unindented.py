"""Templates are laid out for people, pages aren't."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.test import Client


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    (tmp_path / "page.html").write_text("<pre>\n  {{ text }}</pre>\n    <p>end</p>\n")
    (tmp_path / "mail.txt").write_text("Hello,\n  {{ text }}\n")
    return Engine(loaders=[("checkpoint.unindented.Loader", [tmp_path])])


def test_a_page_has_no_indented_lines(engine: Engine) -> None:
    page = engine.get_template("page.html").render(Context({"text": "one"}))
    assert page == "<pre>\none</pre>\n<p>end</p>\n"


def test_what_comes_in_by_a_variable_keeps_its_white_space(engine: Engine) -> None:
    page = engine.get_template("page.html").render(Context({"text": "one\n  two"}))
    assert "<pre>\none\n  two</pre>" in page


def test_plain_text_is_left_as_it_is(engine: Engine) -> None:
    assert engine.get_template("mail.txt").render(Context({"text": "one"})) == "Hello,\n  one\n"


@pytest.mark.usefixtures("mini_course")
def test_the_sites_own_pages_are_sent_so(client: Client) -> None:
    lines = client.get("/").content.decode().splitlines()
    assert [line for line in lines if line[:1].isspace()] == []


def test_nothing_follows_hidden_words_at_the_end_of_a_button() -> None:
    """A new line there takes a place of its own among the button's parts, and the words stand askew."""
    askew = re.compile(r'class="vh">(?:(?!</span>).)*</span>\s+</(?:a|button)>')
    templates = Path(settings.TEMPLATES[0]["DIRS"][0]).rglob("*.html")
    assert [path.name for path in templates if askew.search(path.read_text())] == []
