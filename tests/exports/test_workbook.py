"""The workbook: what spreadsheets open, words as words and never as a formula."""

import io
import re
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.exports import xlsx_file
from checkpoint.exports.tables import TABLES
from tests.builders import make_judged

COHORT = "/cohorts/autumn-group"
CELL = re.compile(r"\{.*\}")


def opened(browser: Client, file: str) -> ZipFile:
    response: Any = browser.get(f"{COHORT}/{file}")
    assert response.status_code == 200
    return ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def elements(book: ZipFile, tag: str) -> list[ElementTree.Element]:
    """Of all sheets and their shared words."""
    parts = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    roots = [ElementTree.fromstring(book.read(name)) for name in parts]  # noqa: S314  (our own)
    return [one for root in roots for one in root.iter() if CELL.sub("", one.tag) == tag]


def words(book: ZipFile) -> list[str]:
    return [one.text or "" for one in elements(book, "t")]


def test_the_whole_record_has_a_sheet_for_each_table(ivys: Client, alice: User) -> None:
    book = opened(ivys, "record.xlsx")
    named = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
    assert named == list(TABLES)


@pytest.mark.parametrize("begin", ["=1+1", "@SUM(A1)", "+1", "-1", "\t=1", "{=1}", "https://example.org"])
def test_a_learners_words_are_words(ivys: Client, alice: User, begin: str) -> None:
    make_judged(alice, "target", answer=begin)
    book = opened(ivys, "answers.xlsx")
    assert elements(book, "f") == []
    assert elements(book, "hyperlink") == []
    assert begin.strip() in [word.strip() for word in words(book)]


def test_numbers_are_numbers(ivys: Client, alice: User) -> None:
    make_judged(alice, "target", "missing")
    assert "0" in [one.text for one in elements(opened(ivys, "answers.xlsx"), "v")]


def test_other_letters_and_control_characters_survive(ivys: Client, alice: User) -> None:
    make_judged(alice, "target", answer="Zürich, 東京 🚀 \x0b<b>&amp;")
    assert any(word.startswith("Zürich, 東京 🚀 ") for word in words(opened(ivys, "answers.xlsx")))


def test_an_answer_longer_than_a_cell_is_cut_and_says_so(ivys: Client, alice: User) -> None:
    make_judged(alice, "target", answer="word " * 8000)
    (long,) = [word for word in words(opened(ivys, "answers.xlsx")) if word.startswith("word")]
    assert long.endswith("the CSV file has all of it)")
    assert len(long) == 32_767


def test_a_table_too_long_for_a_workbook_says_so_and_points_to_csv(
    ivys: Client, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 1)
    response = ivys.get(f"{COHORT}/progress.xlsx")
    assert response.status_code == 422
    assert "too long for a workbook" in response.content.decode()
