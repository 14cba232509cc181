"""The matrix: shown as far as it's worked out, worked out a row at a time, kept for every process."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import Client

from checkpoint.playground import prepared, sendings

HTMX = {"HX-Request": "true"}


def _page(client: Client, query: str = "") -> str:
    return client.get(f"/playground/matrix/{query}").content.decode()


def test_before_anything_is_worked_out_the_page_says_so_and_how_long(client: Client) -> None:
    page = _page(client)
    assert "1 of 1 changes still has to be sent." in page
    assert "That takes about 4 seconds" in page
    assert "Not sent yet" in page
    assert 'hx-get="/playground/matrix/?work=1"' in page


def test_looking_at_the_page_sends_nothing(client: Client, fresh: Path) -> None:
    _page(client)
    assert not list(fresh.glob("*.json"))


def test_asked_to_it_works_out_one_row_and_shows_it(client: Client, fresh: Path) -> None:
    answer = client.get("/playground/matrix/?work=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/playground/matrix/")
    assert len(list(fresh.glob("unlooked-*.json"))) == 1
    page = _page(client)
    assert "still" not in page.partition('id="matrix"')[2].partition("<table")[0]
    assert "Unlooked write, guard-kube-context.sh alone: Caught it" in page
    assert 'href="/playground/?change=unlooked&amp;off=reconciliation"' in page
    assert 'href="/playground/?change=unlooked&amp;off=kube-context">' in page


def test_htmx_gets_the_table_in_the_same_answer(client: Client) -> None:
    part = client.get("/playground/matrix/?work=1", headers=HTMX).content.decode()
    assert part.startswith('<div class="stack" id="matrix">')
    assert "alone: Caught it" in part


def test_while_somebody_else_is_at_it_nobody_begins_again(client: Client, fresh: Path) -> None:
    with prepared.alone() as mine:
        assert mine
        client.get("/playground/matrix/?work=1")
        assert not list(fresh.glob("*.json"))
    client.get("/playground/matrix/?work=1")
    assert list(fresh.glob("*.json"))


def test_what_is_kept_serves_another_process(client: Client, fresh: Path) -> None:
    client.get("/playground/matrix/?work=1")
    sendings._sendings.cache_clear()
    found = sendings.sending_of("unlooked")
    assert found.row() is not None
    assert found.result(["kube-context"]).sent.arrived


def test_a_damaged_file_is_worked_out_again(client: Client, fresh: Path) -> None:
    client.get("/playground/matrix/?work=1")
    (kept,) = fresh.glob("*.json")
    kept.write_text('{"row": 1}')
    sendings._sendings.cache_clear()
    assert "Not sent yet" in _page(client)
    client.get("/playground/matrix/?work=1")
    assert "alone: Caught it" in _page(client)


def test_the_command_works_out_what_is_missing_and_forgets_what_is_old(fresh: Path) -> None:
    fresh.mkdir(parents=True)
    (fresh / "gone-0123.json").write_text("{}")
    told = StringIO()
    call_command("matrix", stdout=told)
    assert told.getvalue() == "The playground's matrix is ready: 1 changes.\n"
    assert [path.name.rpartition("-")[0] for path in fresh.glob("*.json")] == ["unlooked"]
    told = StringIO()
    call_command("matrix", stdout=told)
    assert told.getvalue() == ""


def test_it_is_only_read(client: Client) -> None:
    assert client.post("/playground/matrix/").status_code == 405


def test_after_the_command_no_page_sends_anything(client: Client, fresh: Path) -> None:
    call_command("matrix", verbosity=0)
    sendings._sendings.cache_clear()
    kept = {path: path.stat().st_mtime_ns for path in fresh.glob("*.json")}
    found = sendings.sending_of("unlooked")
    for off in ((), ("kube-context",), ("reconciliation",), ("kube-context", "reconciliation")):
        found.result(off)
    assert found._sender is not None and "_ready" not in vars(found._sender)
    assert kept == {path: path.stat().st_mtime_ns for path in fresh.glob("*.json")}


def test_the_command_goes_on_where_a_page_had_begun(client: Client, fresh: Path) -> None:
    client.get("/playground/matrix/?work=1")
    told = StringIO()
    call_command("matrix", stdout=told)
    assert "is ready" in told.getvalue()
