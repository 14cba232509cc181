"""What each role may do, what an observer sees, and how cohorts from before came to their owners."""

import re
from importlib import import_module
from itertools import pairwise

import pytest
from django.apps import apps
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import create_cohort, give_role
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.pseudonyms import BASE, LENGTH, learner_key, pseudonym, shown_names
from checkpoint.cohorts.queries import learners
from checkpoint.cohorts.roles import POWERS, Permission, Role
from tests.builders import make_instructor, make_judged, make_learner, make_run, signed_in
from tests.cohorts.conftest import crowd

PAGE = "/cohorts/autumn-group/"


@pytest.fixture
def observer(cohort: Cohort, ivy: User) -> Client:
    sam = make_learner("sam")
    give_role(cohort=cohort, user_id=sam.pk, role=Role.OBSERVER, by=ivy)
    return signed_in(sam)


def test_each_role_may_all_that_the_next_one_may() -> None:
    ranked = [POWERS[role] for role in Role]
    assert all(below < above for above, below in pairwise(ranked))


def test_an_observer_sees_figures_under_pseudonyms(observer: Client, cohort: Cohort, alice: User) -> None:
    crowd(cohort, 5)
    make_judged(alice, "target")
    page = observer.get(PAGE).content.decode()
    assert "All questions cleared" in page and "of 6, 1 more than a week ago" in page
    assert len(re.findall(r"<span>Learner [A-Z0-9]{5}</span>", page)) == 6


def test_an_observer_sees_nothing_of_fewer_than_five(observer: Client, alice: User, bob: User) -> None:
    make_judged(alice, "target")
    page = observer.get(PAGE).content.decode()
    assert "Fewer than 5 learners: nothing is shown without their names" in page
    assert "All questions cleared" not in page and "Show names" not in page


def test_an_observer_sees_no_name_address_answer_or_link_to_one(
    observer: Client, cohort: Cohort, alice: User, bob: User
) -> None:
    for person in (*crowd(cohort, 4), alice, bob):
        wrong = {"misconceptions": {"Q1.X1": ((0, 14),)}, "answer": "Words of hers.", "confidence": 3}
        make_judged(person, "target", {"Q1.1": "met", "Q1.2": "missing"}, **wrong)
    make_run(alice, shared=True)
    for query in ("", "?q=alice", "?q=alice@example", "?sort=quiet", "?missed=Q1.2"):
        page = observer.get(PAGE + query).content.decode()
        told = page.replace(query.removeprefix("?q="), "") if query.startswith("?q") else page
        for word in ("Alice", "Bob", "alice@", "bob@", "Words of hers", 'href="learners/', 'href="attempts/'):
            assert word not in told, (query, word)
        assert "/runs/" not in page and cohort.join_code not in page and "answers.csv" not in page


def test_an_observer_finds_nobody_by_their_name(observer: Client, cohort: Cohort, alice: User) -> None:
    crowd(cohort, 5)
    page = observer.get(f"{PAGE}?q=alice").content.decode()
    assert "Fewer than 5 learners are like that" in page and '<th scope="row"><span>' not in page


def test_pseudonyms_tell_nothing_by_their_order(cohort: Cohort, observer: Client) -> None:
    people = crowd(cohort, 12)
    seat = Membership.objects.get(user__email="sam@example.org")
    hidden = shown_names(seat, learners(cohort))
    assert [one.name for one in hidden] == sorted(one.name for one in hidden)
    assert [one.user_id for one in hidden] != [person.pk for person in people]
    assert not any(one.email for one in hidden)


def test_a_pseudonym_stays_and_differs_between_cohorts_and_keys(settings, alice: User) -> None:
    first = pseudonym(1, alice.pk)
    assert pseudonym(1, alice.pk) == first != pseudonym(2, alice.pk)
    settings.SECRET_KEY = "another"
    assert pseudonym(1, alice.pk) != first


def test_nobody_shares_a_pseudonym_in_a_cohort():
    """Drawn by lot, some forty of so many would."""
    assert len({pseudonym(1, user_id) for user_id in range(1, 50_001)}) == 50_000


def test_ids_too_large_for_the_usual_letters_get_one_more():
    last = BASE**LENGTH - 1
    letters = [pseudonym(1, user_id).removeprefix("Learner ") for user_id in (last, last + 1)]
    assert [len(each) for each in letters] == [LENGTH, LENGTH + 1]


def test_a_key_for_programs_begins_with_the_pseudonym_and_differs_between_cohorts():
    letters = pseudonym(1, 7).removeprefix("Learner ")
    assert learner_key(1, 7).startswith(letters) and learner_key(1, 7) != letters
    assert learner_key(1, 7) != learner_key(2, 7)


def test_who_may_see_names_sees_pseudonyms_when_asked(cohort: Cohort, ivy: User, alice: User) -> None:
    seat = Membership.objects.get(user=ivy)
    assert [one.name for one in shown_names(seat, learners(cohort))] == ["Alice"]
    assert [one.name for one in shown_names(seat, learners(cohort), pseudonyms=True)] == [
        pseudonym(cohort.pk, alice.pk)
    ]


def test_somebody_of_the_team_is_told_whose_page_it_is_and_what_they_are(observer: Client) -> None:
    page = observer.get(f"{PAGE}members/").content.decode()
    assert "It’s for owners and instructors of this cohort. You’re an observer in it." in page


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        (Role.OWNER, ["Cohort", "Review", "Assignments", "Regrade", "Brief", "Exports", "People", "Audit"]),
        (Role.INSTRUCTOR, ["Cohort", "Review", "Assignments", "Regrade", "Brief", "Exports", "People"]),
        (Role.ASSISTANT, ["Cohort", "Review", "Brief"]),
        (Role.OBSERVER, ["Cohort", "Brief"]),
    ],
)
def test_the_desk_offers_what_a_role_may_open(
    cohort: Cohort, ivy: User, role: Role, pages: list[str]
) -> None:
    sam = make_learner("sam")
    give_role(cohort=cohort, user_id=sam.pk, role=role, by=ivy)
    page = signed_in(sam).get(PAGE).content.decode()
    desk = re.search(r'<nav class="chips desk.*?</nav>', page, re.S)
    assert re.findall(r'class="chip"[^>]*>([^<]+)', desk[0] if desk else "") == pages
    if pages:
        assert f'href="{PAGE}" aria-current="page"' in desk[0]


def test_a_role_nobody_knows_may_nothing() -> None:
    assert not any(Membership(role="emperor").may(permission) for permission in Permission)


class TestCohortsFromBefore:
    """The migration that named owners."""

    @staticmethod
    def migrate() -> None:
        import_module("checkpoint.cohorts.migrations.0002_roles").name_owners(apps, None)

    @pytest.fixture
    def before(self, cohort: Cohort, ivy: User, otto: User) -> Cohort:
        """Otto came later than ivy, who made it; both are instructors."""
        give_role(cohort=cohort, user_id=otto.pk, role=Role.INSTRUCTOR, by=ivy)
        Membership.objects.filter(cohort=cohort).update(role=Role.INSTRUCTOR)
        return cohort

    def owners(self, cohort: Cohort) -> list[str]:
        return list(cohort.memberships.filter(role="owner").values_list("user__name", flat=True))

    def test_who_made_it_owns_it(self, before: Cohort, otto: User) -> None:
        Cohort.objects.filter(pk=before.pk).update(created_by=otto)
        self.migrate()
        assert self.owners(before) == ["Otto"]

    def test_else_its_earliest_instructor_does(self, before: Cohort) -> None:
        Cohort.objects.filter(pk=before.pk).update(created_by=None)
        self.migrate()
        assert self.owners(before) == ["Ivy"]

    def test_a_maker_who_only_learns_in_it_now_does_not(self, before: Cohort, ivy: User) -> None:
        Membership.objects.filter(user=ivy).update(role=Role.LEARNER)
        self.migrate()
        assert self.owners(before) == ["Otto"]

    def test_each_cohort_gets_one(self, before: Cohort) -> None:
        other = create_cohort(by=make_instructor("olga"), name="Other")
        Membership.objects.update(role=Role.INSTRUCTOR)
        self.migrate()
        assert (self.owners(before), self.owners(other)) == (["Ivy"], ["Olga"])
