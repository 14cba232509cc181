"""Seeing a learner's pages as they do: what shows, that nothing can be done, and what is written."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from checkpoint.accounts.models import User
from checkpoint.audit.models import AuditEntry
from checkpoint.cohorts.actions import create_cohort, end_membership, join_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.core.content.library import Library
from checkpoint.scenarios.actions import finish_run, share_run, start_run, type_line
from checkpoint.scenarios.models import Run
from checkpoint.selfcheck.actions import save_draft
from checkpoint.selfcheck.models import Attempt, Draft
from tests.builders import make_instructor, make_judged, make_learner, make_played, make_run, signed_in


@pytest.fixture
def ivy(db: None, mini_course: Library) -> User:
    return make_instructor("ivy")


@pytest.fixture
def cohort(ivy: User) -> Cohort:
    return create_cohort(by=ivy, name="Autumn group")


@pytest.fixture
def alice(cohort: Cohort) -> User:
    alice = make_learner("alice")
    join_cohort(cohort=cohort, user=alice)
    make_judged(alice, "target", "missing", answer="My first words.", days_ago=2)
    make_judged(alice, "target", answer="My later words.")
    save_draft(user_id=alice.pk, question="target", answer="Secret half words", version="")
    return alice


@pytest.fixture
def ivys(ivy: User) -> Client:
    return signed_in(ivy)


@pytest.fixture
def base(alice: User) -> str:
    return f"/cohorts/autumn-group/learners/{alice.pk}/as/"


def main_of(page: str) -> str:
    return re.search(r"<main.*</main>", page, re.S)[0]


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_progress_is_the_learners_own_word_for_word(ivys: Client, alice: User, base: str) -> None:
    Draft.objects.all().delete()
    theirs = re.search(
        r'<div id="progress">.*', main_of(signed_in(alice).get("/progress/").content.decode()), re.S
    )[0]
    seen = main_of(ivys.get(base).content.decode())
    for line in theirs.splitlines():
        words = re.sub(r"<[^>]+>", "", line).strip()
        assert words in re.sub(r"<[^>]+>", "", seen), words


def test_the_pipeline_in_the_header_is_the_learners(ivys: Client, base: str) -> None:
    mine, theirs = (ivys.get(place).content.decode() for place in ("/progress/", base))
    counts = [re.findall(r'class="spine__meta">(.*?)</span>', page, re.S) for page in (mine, theirs)]
    assert counts[0] != counts[1]


@pytest.mark.parametrize("place", ["", "questions/target/", "?all=1"])
def test_it_says_whose_page_it_is_and_that_one_only_looks(ivys: Client, base: str, place: str) -> None:
    page = ivys.get(base + place).content.decode()
    assert "You see this as Alice does" in page
    assert "<form" not in main_of(page) and "hx-post" not in main_of(page) and "<button" not in main_of(page)


@pytest.mark.parametrize("place", ["", "questions/target/"])
def test_nothing_can_be_sent(ivys: Client, base: str, place: str) -> None:
    for send in (ivys.post, ivys.put, ivys.patch, ivys.delete):
        assert send(base + place).status_code == 405


@pytest.mark.parametrize("place", ["", "questions/target/", "questions/target/?attempt=1"])
def test_a_draft_is_shown_to_nobody(ivys: Client, alice: User, base: str, place: str) -> None:
    """Not even that there is one, where it decides what the learner is told to do next."""
    make_judged(alice, "target", "missing")
    page = main_of(ivys.get(base + place).content.decode()).casefold()
    assert "secret" not in page and "draft" not in page.replace("drafts are private", "")
    if not place:
        assert "draft" in main_of(signed_in(alice).get("/progress/").content.decode()).casefold()


def test_its_links_stay_with_the_learner(ivys: Client, base: str) -> None:
    for place in (base, f"{base}questions/target/"):
        inside = main_of(ivys.get(place).content.decode())
        assert 'href="/selfcheck/' not in inside and 'href="/progress/' not in inside
        for link in set(re.findall(rf'href="({base}[^"#]*)', inside)):
            assert ivys.get(link).status_code == 200, link


def test_a_question_shows_the_latest_answer_or_the_one_asked_for(ivys: Client, base: str) -> None:
    first, _ = Attempt.objects.order_by("pk")
    assert "My later words." in ivys.get(f"{base}questions/target/").content.decode()
    assert "My first words." in ivys.get(f"{base}questions/target/?attempt={first.pk}").content.decode()


def test_nothing_is_written_but_that_somebody_looked(ivys: Client, ivy: User, alice: User, base: str) -> None:
    ivys.get("/progress/")
    before = User.objects.values().get(pk=alice.pk)
    AuditEntry.objects.all()._raw_delete("default")
    with CaptureQueriesContext(connection) as queries:
        for place in ("", "questions/target/", ""):
            ivys.get(base + place)
    writes = [q["sql"] for q in queries if re.match(r"INSERT|UPDATE|DELETE", q["sql"])]
    assert len(writes) == 1 and "audit_auditentry" in writes[0]
    assert User.objects.values().get(pk=alice.pk) == before and before["last_seen_on"] is None
    entry = AuditEntry.objects.get()
    assert (entry.what, entry.by, entry.person) == ("seen-as", ivy, alice)


def test_others_answers_and_other_learners_are_not_found(
    ivys: Client, ivy: User, alice: User, cohort: Cohort, base: str
) -> None:
    other = make_judged(make_learner("sam"), "target").attempt_id
    assert ivys.get(f"{base}questions/target/?attempt={other}").status_code == 404
    assert ivys.get(f"{base}questions/nothing/").status_code == 404
    assert ivys.get(f"/cohorts/autumn-group/learners/{ivy.pk}/as/").status_code == 404
    end_membership(membership=cohort.memberships.get(user=alice), by=alice)
    assert ivys.get(base).status_code == 404


class TestScenarios:
    """What they see of the exercises, and where looking ends."""

    @pytest.fixture
    def shared(self, alice: User) -> Run:
        make_played(alice, "wrong-target", met=["scaled"])
        run = start_run(user_id=alice.pk, scenario="wrong-target", seed="1")
        type_line(run=run, line="ls -a")
        share_run(run=run, shared=True)
        finish_run(run=run)
        return run

    @pytest.fixture
    def place(self, base: str, shared: Run) -> str:
        return f"{base}runs/{shared.pk}/"

    def test_the_list_is_theirs_word_for_word(
        self, ivys: Client, alice: User, base: str, shared: Run
    ) -> None:
        theirs = words_of(main_of(signed_in(alice).get("/scenarios/").content.decode()))
        assert theirs in words_of(main_of(ivys.get(f"{base}scenarios/").content.decode()))
        assert "Not solved" in theirs or "Begun" in theirs

    def test_a_brief_lists_every_run_and_leads_to_shared_ones_only(
        self, ivys: Client, base: str, shared: Run, place: str
    ) -> None:
        page = main_of(ivys.get(f"{base}scenarios/wrong-target/").content.decode())
        assert page.count('class="work__n"') == 2 and "Not shared." in page
        assert re.findall(rf'href="({base}runs/[^"]*)"', page) == [place]

    def test_a_shared_run_shows_the_debrief_without_what_one_does_next(
        self, ivys: Client, alice: User, place: str, shared: Run
    ) -> None:
        theirs = main_of(signed_in(alice).get(f"/scenarios/runs/{shared.pk}/debrief/").content.decode())
        page = main_of(ivys.get(place).content.decode())
        goals = re.search(r'<ol class="goals">.*?</ol>', theirs, re.S)[0]
        assert words_of(goals) in words_of(page)
        assert "Share it with" not in page and "Try it again" not in page and "workbench" not in page

    def test_a_run_that_is_not_shared_any_more_is_not_found(
        self, ivys: Client, place: str, shared: Run
    ) -> None:
        share_run(run=shared, shared=False)
        assert ivys.get(place).status_code == 404

    def test_somebody_elses_run_is_not_found(self, ivys: Client, cohort: Cohort, place: str) -> None:
        bob = make_learner("bob")
        join_cohort(cohort=cohort, user=bob)
        run = make_run(bob, shared=True)
        assert ivys.get(place.rpartition("runs/")[0] + f"runs/{run.pk}/").status_code == 404
        assert ivys.get(f"/cohorts/autumn-group/learners/{bob.pk}/as/runs/{run.pk}/").status_code == 200

    def test_an_old_run_that_cant_be_played_is_shown_as_a_replay(
        self, ivys: Client, place: str, shared: Run
    ) -> None:
        Run.objects.update(content="of another year")
        assert ivys.get(place).url == f"/cohorts/autumn-group/runs/{shared.pk}/steps/0/"

    def test_links_stay_and_nothing_can_be_done(self, ivys: Client, base: str, place: str) -> None:
        for page in (f"{base}scenarios/", f"{base}scenarios/wrong-target/", place):
            inside = main_of(ivys.get(page).content.decode())
            assert "<form" not in inside and "<button" not in inside and 'href="/scenarios/' not in inside
            for link in set(re.findall(r'href="(/cohorts/[^"#]*)', inside)):
                assert ivys.get(link).status_code == 200, link
            assert {send(page).status_code for send in (ivys.post, ivys.put, ivys.delete)} == {405}

    def test_looking_there_is_written_down(self, ivys: Client, ivy: User, alice: User, place: str) -> None:
        ivys.get(place)
        entry = AuditEntry.objects.get(what="seen-as")
        assert (entry.by, entry.person) == (ivy, alice)

    def test_an_unknown_scenario_is_not_found(self, ivys: Client, base: str) -> None:
        assert ivys.get(f"{base}scenarios/nothing/").status_code == 404


def test_htmx_gets_the_part(ivys: Client, base: str) -> None:
    part = ivys.get(base, headers={"HX-Request": "true"})
    assert b"<html" not in part.content and "HX-Request" in part.headers["Vary"]


def test_the_learners_page_leads_there(ivys: Client, alice: User, base: str) -> None:
    page = ivys.get(f"/cohorts/autumn-group/learners/{alice.pk}/").content.decode()
    assert f'href="{base}">See it as Alice does' in page
