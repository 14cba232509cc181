"""The cohort's whole record as one archive."""

import csv
import io
from typing import Any
from zipfile import ZipFile

from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.audit.models import AuditEntry
from checkpoint.exports.tables import TABLES
from tests.builders import make_judged

RECORD = "/cohorts/autumn-group/record.zip"


def packed(browser: Client, query: str = "") -> ZipFile:
    response: Any = browser.get(RECORD + query)
    assert response.headers["Content-Disposition"] == 'attachment; filename="autumn-group-record.zip"'
    assert response.headers["Cache-Control"] == "no-store"
    return ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_it_holds_every_table_and_a_page_that_explains_them(ivys: Client, alice: User) -> None:
    make_judged(alice, "target", answer="Two\nlines.")
    record = packed(ivys)
    assert record.testzip() is None
    files = {"README.md", *(f"{name}.csv" for name in TABLES)}
    assert set(record.namelist()) == {f"autumn-group/{file}" for file in files}
    text = record.read("autumn-group/answers.csv").decode("utf-8-sig")
    assert [row["answer"] for row in csv.DictReader(io.StringIO(text, newline=""))] == ["Two\nlines."]
    explained = record.read("autumn-group/README.md").decode()
    assert "under pseudonyms" in explained
    assert "`criterion_id`" in explained
    assert "alice@example.org" not in "".join(record.read(name).decode() for name in record.namelist())


def test_who_took_it_away_is_kept(ivys: Client, ivy: User, alice: User) -> None:
    packed(ivys, "?names=shown")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.by_id, entry.what, entry.subject) == (ivy.pk, "exported", "record.zip")
    assert entry.details == {"names": "shown"}
