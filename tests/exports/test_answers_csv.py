"""The export for spreadsheets: complete, in order, and never a formula."""

import csv
import io

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from tests.builders import make_attempt, make_judged

PAGE = "/cohorts/autumn-group/answers.csv?names=shown"


def rows(browser: Client) -> list[dict[str, str]]:
    text = b"".join(browser.get(PAGE).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_it_is_a_download_that_nobody_keeps(ivys: Client, alice: User) -> None:
    response = ivys.get(PAGE)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="autumn-group-answers.csv"'
    assert response.headers["Cache-Control"] == "no-store"
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbflearner,")


def test_names_and_addresses_stand_there_only_when_asked_for(ivys: Client, alice: User) -> None:
    make_judged(alice, "target")
    text = b"".join(ivys.get(PAGE.partition("?")[0]).streaming_content).decode()
    assert "Alice" not in text
    assert "alice@" not in text
    assert rows(ivys)[0]["learner"] == "Alice"


def test_each_answer_is_a_row_with_its_verdict(ivys: Client, alice: User, bob: User) -> None:
    make_judged(alice, "target", {"Q1.1": "met", "Q1.2": "missing"}, answer='One,\n"two"', confidence=3)
    make_judged(alice, "target", misconceptions={"Q1.X1": ((0, 1),)})
    make_attempt(bob, "target", "Not judged.")
    first, second, third = rows(ivys)
    assert (first["learner"], first["email"], first["attempt"]) == ("Alice", "alice@example.org", "1")
    assert (first["Q1.1"], first["Q1.2"], first["score"], first["confidence"]) == (
        "met",
        "missing",
        "50.0",
        "3",
    )
    assert first["answer"] == 'One,\n"two"'
    assert (second["attempt"], second["level"], second["misconceptions"]) == ("2", "ready", "Q1.X1")
    assert (third["learner"], third["level"], third["grader"]) == ("Bob", "", "")


@pytest.mark.parametrize(
    "begin",
    [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\n",
        "\r",
        " =",
        "\u00a0=",
        "\u200b=",
        "\ufeff=",
        "\x1f=",
        "\uff1d",
        "\uff0b",
        "\uff0d",
        "\uff20",
    ],
)
def test_nothing_anybody_wrote_is_a_formula(ivys: Client, alice: User, begin: str) -> None:
    evil = f"{begin}HYPERLINK(1)"
    make_judged(alice, "target", answer=evil)
    User.objects.filter(pk=alice.pk).update(name=evil)
    row = rows(ivys)[0]
    assert row["answer"] == row["learner"] == f"'{evil}"


def test_a_formula_is_not_made_by_an_address_either(ivys: Client, alice: User) -> None:
    make_judged(alice, "target")
    User.objects.filter(pk=alice.pk).update(email="=cmd@example.org")
    assert rows(ivys)[0]["email"] == "'=cmd@example.org"


def test_other_letters_survive(ivys: Client, alice: User) -> None:
    make_judged(alice, "target", answer="Zürich, 東京 🚀 שלום")
    assert rows(ivys)[0]["answer"] == "Zürich, 東京 🚀 שלום"


def test_a_second_verdict_replaces_the_first_in_its_row(ivys: Client, alice: User) -> None:
    given = make_judged(alice, "target", "missing")
    given.pk, given.level, given.grader = None, "ready", "another/2"
    given.save(force_insert=True)
    assert [(row["level"], row["grader"]) for row in rows(ivys)] == [("ready", "another/2")]
