"""Parts of the workbench that are rendered once for many runs: each page still has its own run and token."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from checkpoint.accounts.models import User
from checkpoint.scenarios.actions import start_run
from checkpoint.scenarios.models import Run
from checkpoint.scenarios.pages import bench_page
from tests.builders import make_learner, signed_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
RUNS = re.compile(r"/scenarios/runs/([0-9a-f-]{36})/")
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def text(response) -> str:
    return response.content.decode()


def begun_by(name: str):
    """The browser of somebody new, and the address of a run of the same variant as everybody's."""
    person = make_learner(name)
    begun = start_run(user_id=person.pk, scenario="wrong-target", seed="1")
    return signed_in(person), f"/scenarios/runs/{begun.pk}/"


def test_every_form_of_a_page_belongs_to_its_own_run(mini_course):
    for name in ("alice", "bob"):
        page, address = begun_by(name)
        shown = text(page.get(address))
        assert {f"/scenarios/runs/{run}/" for run in RUNS.findall(shown)} == {address}


def test_every_form_of_a_page_has_the_same_token_and_no_two_pages_do(mini_course):
    page, address = begun_by("alice")
    first, second = (set(TOKENS.findall(text(page.get(address)))) for _ in range(2))
    assert len(first) == len(second) == 1
    assert first != second and len(first.pop()) == 64


@pytest.mark.parametrize("theme", ["system", "dark"])
@pytest.mark.parametrize("keys", [True, False])
def test_a_run_just_begun_shows_what_it_would_if_nobody_had_begun_before(mini_course, theme, keys):
    alice, hers = begun_by("alice")
    alice.get(hers)
    page, address = begun_by("bob")
    User.objects.filter(name="Bob").update(name="Bob <b>", theme=theme, single_key_shortcuts=keys)
    for file in ("", "~/app/README.md"):
        response = page.get(address, {"file": file} if file else {})
        bench = bench_page(Run.objects.get(pk=address.split("/")[3]), file=file)
        alone = render_to_string("scenarios/run.html", {"page": bench}, request=response.wsgi_request)
        assert text(response) == alone
        assert "Bob &lt;b&gt;" in alone and "Alice" not in alone


def test_a_message_that_waits_is_shown_on_a_run_just_begun_and_only_once(mini_course):
    page, address = begun_by("alice")
    page.get(address)
    page.post(reverse("mails"), {"do": "stop"})
    assert "Your choice is saved." in text(page.get(address))
    assert "Your choice is saved." not in text(page.get(address))


def test_a_part_shows_what_this_run_came_to_though_others_stand_elsewhere(mini_course):
    (alice, hers), (bob, his) = begun_by("alice"), begun_by("bob")
    alice.post(f"{hers}line/", {"line": "cd ~/app && git switch -qc only-hers"})
    alice.post(f"{hers}file/", {"path": "~/app/README.md", "content": "Hers.\n"})
    assert "only-hers" in text(alice.get(hers)) and ">Hers.\n" not in text(bob.get(his))
    assert "only-hers" not in text(bob.get(his)) and "\nHers.\n" in text(alice.get(hers))


def test_the_clock_of_a_part_is_the_runs_own(mini_course):
    (alice, hers), (bob, his) = begun_by("alice"), begun_by("bob")
    alice.post(f"{hers}line/", {"line": "sleep 0"})
    clock = re.compile(r'id="world-clock">(\d\d:\d\d)<')
    mine, other = (clock.search(text(who.get(where))) for who, where in ((alice, hers), (bob, his)))
    assert mine and other and mine[1] != other[1]


def test_a_file_too_long_to_be_kept_is_shown_whole(mini_course):
    page, address = begun_by("alice")
    long = "a line of text\n" * 5_000
    page.post(f"{address}file/", {"path": "~/long.txt", "content": long})
    for _ in range(2):
        assert long in text(page.get(f"{address}?file=~/long.txt"))


@pytest.mark.parametrize("seen", ["", "7"])
def test_a_page_that_has_seen_every_line_is_sent_only_what_the_last_one_changed(page, address, seen):
    page.post(f"{address}line/", {"line": "pwd", "seen": 0}, headers=HTMX)
    part = text(page.post(f"{address}line/", {"line": "pwd", "seen": seen}, headers=HTMX))
    assert 'id="step-2"' in part and 'id="goals-panel"' not in part


def test_the_same_line_twice_is_two_steps_with_their_own_numbers(mini_course):
    page, address = begun_by("alice")
    for _ in range(2):
        page.post(f"{address}line/", {"line": "echo '<b>'"})
    shown = text(page.get(address))
    assert re.findall(r'id="step-(\d+)"', shown) == ["1", "2"]
    assert shown.count("&lt;b&gt;\n</pre>") == 2 and "term__out--new" not in shown


def test_only_the_line_that_was_just_typed_is_marked_as_new(mini_course):
    page, address = begun_by("alice")
    page.post(f"{address}line/", {"line": "echo one"})
    part = text(page.post(f"{address}line/", {"line": "echo one", "seen": "0"}, headers=HTMX))
    assert re.findall(r'id="step-(\d+)"', part) == ["1", "2"]
    assert part.count("term__out--new") == 1
    assert part.index('id="step-2"') < part.index("term__out--new")
