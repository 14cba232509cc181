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
    named: bool

    def who(self, user_id: int) -> tuple[str, str, str]:
        """Id, name and address, under the columns of WHO. The id is a pseudonym: the same in every file."""
        person = self.people[user_id]
        shown = (person.name, person.email) if self.named else ("", "")
        return learner_key(self.cohort.pk, user_id), *shown


WHO = ("learner_id", "learner_name", "learner_email")


def asked_of(cohort: Cohort, named: bool) -> Asked:
    """One query."""
    return Asked(cohort, {person.user_id: person for person in learners(cohort)}, named)
