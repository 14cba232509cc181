"""Operators change who belongs to a cohort, and its owners read that in the audit log."""

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.audit.models import AuditEntry
from checkpoint.cohorts.models import Cohort, Membership
from tests.builders import make_learner, signed_in


@pytest.fixture
def operators(db: None) -> Client:
    return signed_in(make_learner("olga", is_staff=True, is_superuser=True))


def save(client: Client, cohort: Cohort, *rows: dict[str, object]) -> None:
    """The cohort's form as the admin has it, with these rows of members."""
    kept = sum("id" in row for row in rows)
    form: dict[str, object] = {
        "name": cohort.name,
        "slug": cohort.slug,
        "join_code": cohort.join_code,
        "created_by": cohort.created_by_id,
        "memberships-TOTAL_FORMS": len(rows),
        "memberships-INITIAL_FORMS": kept,
    }
    for number, row in enumerate(sorted(rows, key=lambda row: "id" not in row)):
        form |= {f"memberships-{number}-{name}": value for name, value in row.items()}
        form[f"memberships-{number}-cohort"] = cohort.pk
    response = client.post(f"/admin/cohorts/cohort/{cohort.pk}/change/", form)
    assert response.status_code == 302, response.content.decode()


def seat(cohort: Cohort, user: User, /, **changed: object) -> dict[str, object]:
    found = Membership.objects.get(cohort=cohort, user=user)
    return {"id": found.pk, "user": user.pk, "role": found.role, **changed}


def told() -> list[tuple[str, str, str | None, dict[str, object]]]:
    found = AuditEntry.objects.filter(by__email="olga@example.org").order_by("pk")
    return [(one.what, one.by.name, one.person and one.person.name, one.details) for one in found]


def test_somebody_added_is_written_down(operators: Client, cohort: Cohort, ivy: User, otto: User) -> None:
    save(operators, cohort, seat(cohort, ivy), {"user": otto.pk, "role": "observer"})
    assert told() == [("role-given", "Olga", "Otto", {"role": "observer", "through": "admin"})]


def test_another_role_is_written_down_with_the_one_before(
    operators: Client, cohort: Cohort, ivy: User, alice: User
) -> None:
    save(operators, cohort, seat(cohort, ivy), seat(cohort, alice, role="assistant"))
    assert told() == [
        ("role-given", "Olga", "Alice", {"role": "assistant", "before": "learner", "through": "admin"})
    ]


def test_somebody_removed_is_written_down(operators: Client, cohort: Cohort, ivy: User, alice: User) -> None:
    save(operators, cohort, seat(cohort, ivy), seat(cohort, alice, DELETE="on"))
    assert not Membership.objects.filter(user=alice).exists()
    assert told() == [("removed", "Olga", "Alice", {"role": "learner", "through": "admin"})]


def test_another_person_on_a_seat_is_one_removed_and_one_added(
    operators: Client, cohort: Cohort, ivy: User, alice: User, otto: User
) -> None:
    save(operators, cohort, seat(cohort, ivy), seat(cohort, alice, user=otto.pk))
    assert [(what, person) for what, _, person, _ in told()] == [("removed", "Alice"), ("role-given", "Otto")]


def test_saving_without_a_change_writes_nothing(
    operators: Client, cohort: Cohort, ivy: User, alice: User
) -> None:
    save(operators, cohort, seat(cohort, ivy), seat(cohort, alice))
    assert told() == []
