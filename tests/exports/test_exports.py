"""The page that offers the files."""

from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.exports.tables import TABLES

PAGE = "/cohorts/autumn-group/exports/"


def test_it_offers_each_table_in_both_formats_under_pseudonyms(ivys: Client, alice: User) -> None:
    page = ivys.get(PAGE).content.decode()
    for name in TABLES:
        assert f'href="/cohorts/autumn-group/{name}.csv"' in page
        assert f'href="/cohorts/autumn-group/{name}.xlsx"' in page
    assert 'href="/cohorts/autumn-group/record.zip"' in page


def test_names_are_asked_for_by_an_act_of_their_own_and_kept_in_every_link(ivys: Client, alice: User) -> None:
    page = ivys.get(f"{PAGE}?names=shown").content.decode()
    assert "Names and addresses stand in every file" in page
    for name in TABLES:
        assert f"/{name}.csv?names=shown" in page
        assert f"/{name}.xlsx?names=shown" in page


def test_htmx_gets_the_part_alone(ivys: Client, alice: User) -> None:
    part = ivys.get(PAGE, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="exports">')
    assert "HX-Request" in part.headers["Vary"]
