"""Whose rows a file holds, and under which names."""

from collections.abc import Mapping
from dataclasses import dataclass

from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.pseudonyms import learner_key
from checkpoint.cohorts.queries import Learner, learners


@dataclass(frozen=True, slots=True)
class Asked:
    """One cohort's learners by user id; `named` says whether names and addresses may stand there."""

    cohort: Cohort
    people: Mapping[int, Learner]
    keys: Mapping[int, str]
    """Pseudonyms: the same in every file."""
    named: bool

    def who(self, user_id: int) -> tuple[str, str, str]:
        """Id, name and address, under the columns of WHO. The id is a pseudonym."""
        person = self.people[user_id]
        shown = (person.name, person.email) if self.named else ("", "")
        return self.keys[user_id], *shown


WHO = ("learner_id", "learner_name", "learner_email")


def asked_of(cohort: Cohort, named: bool) -> Asked:
    """One query."""
    people = {person.user_id: person for person in learners(cohort)}
    return Asked(cohort, people, {user_id: learner_key(cohort.pk, user_id) for user_id in people}, named)
