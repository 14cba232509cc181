"""What is written down, and that it stays as it was written."""

import pytest
from django.db import transaction

from checkpoint.accounts.models import User
from checkpoint.audit.actions import record
from checkpoint.audit.models import AppendOnlyError, AuditEntry
from checkpoint.audit.shown import SOMEBODY, shown_entries
from checkpoint.cohorts.actions import (
    LastOwnerError,
    end_membership,
    give_role,
    hand_over,
    join_cohort,
    rename_cohort,
    renew_join_code,
)
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.roles import Role


def written() -> list[tuple[str, str, str]]:
    """Who, what, whom; oldest first."""
    entries = AuditEntry.objects.select_related("by", "person").order_by("pk")
    return [(one.who, one.what, one.whom) for one in shown_entries(entries)]


def test_every_change_of_a_cohort_is_written_down(cohort: Cohort, ivy: User, otto: User, alice: User) -> None:
    AuditEntry.objects.all()._raw_delete("default")
    rename_cohort(cohort=cohort, name="Winter group", by=ivy)
    renew_join_code(cohort=cohort, by=ivy)
    give_role(cohort=cohort, user_id=otto.pk, role=Role.ASSISTANT, by=ivy)
    hand_over(owner=cohort.memberships.get(user=ivy), to=cohort.memberships.get(user=otto), by=ivy)
    end_membership(membership=cohort.memberships.get(user=alice), by=otto)
    end_membership(membership=cohort.memberships.get(user=ivy), by=ivy)
    assert written() == [
        ("Ivy", "renamed the cohort", "Winter group"),
        ("Ivy", "made a new join code", ""),
        ("Ivy", "gave a role", "Otto"),
        ("Ivy", "handed the cohort over", "Otto"),
        ("Otto", "removed", "Alice"),
        ("Ivy", "left", ""),
    ]


def test_making_and_joining_are_written_down(cohort: Cohort, alice: User) -> None:
    assert written() == [("Ivy", "made the cohort", "Autumn group"), ("Alice", "joined", "")]


def test_what_changed_nothing_is_not_written_down(cohort: Cohort, ivy: User, alice: User) -> None:
    before = written()
    join_cohort(cohort=cohort, user=alice)
    give_role(cohort=cohort, user_id=ivy.pk, role=Role.OWNER, by=ivy)
    assert written() == before


def test_what_was_refused_is_not_written_down(cohort: Cohort, ivy: User) -> None:
    before = written()
    with pytest.raises(LastOwnerError):
        end_membership(membership=cohort.memberships.get(user=ivy), by=ivy)
    assert written() == before


def test_the_join_code_stands_nowhere_in_the_log(cohort: Cohort, ivy: User) -> None:
    old = cohort.join_code
    renew_join_code(cohort=cohort, by=ivy)
    everything = str(list(AuditEntry.objects.values_list()))
    assert old not in everything and cohort.join_code not in everything


def test_an_entry_is_neither_changed_nor_deleted(cohort: Cohort) -> None:
    entry = AuditEntry.objects.get()
    for change in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(what="left"),
    ):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            change()


def test_a_deleted_account_leaves_its_entries_without_its_name(
    cohort: Cohort, ivy: User, alice: User
) -> None:
    end_membership(membership=Membership.objects.get(user=alice), by=ivy)
    alice.delete()
    assert written()[1:] == [(SOMEBODY, "joined", ""), ("Ivy", "removed", SOMEBODY)]


def test_what_no_person_did_says_so(cohort: Cohort) -> None:
    record(cohort_id=cohort.pk, by=None, what="left")
    assert written()[-1] == ("Checkpoint", "left", "")


def test_a_kind_without_words_is_refused(cohort: Cohort) -> None:
    with pytest.raises(ValueError, match="add it to KINDS"):
        record(cohort_id=cohort.pk, by=None, what="exploded")


def test_the_log_goes_with_its_cohort(cohort: Cohort) -> None:
    cohort.delete()
    assert not AuditEntry.objects.exists()
