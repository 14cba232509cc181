"""What people are in a cohort, and what each of them may do there."""

from enum import StrEnum

from django.db.models import TextChoices


class Role(TextChoices):
    """From who may most to who only learns."""

    OWNER = "owner", "Owner"
    INSTRUCTOR = "instructor", "Instructor"
    ASSISTANT = "assistant", "Assistant"
    OBSERVER = "observer", "Observer"
    LEARNER = "learner", "Learner"


class Permission(StrEnum):
    SEE_FIGURES = "see_figures"
    """How the cohort stands, with pseudonyms where names may not be seen."""
    SEE_NAMES = "see_names"
    SEE_ANSWERS = "see_answers"
    """What one learner wrote and did, and how it was judged."""
    REVIEW = "review"
    REGRADE = "regrade"
    ASSIGN = "assign"
    EXPORT = "export"
    MANAGE_PEOPLE = "manage_people"
    """Invite and remove learners, rename the cohort, renew its code."""
    MANAGE_ROLES = "manage_roles"
    """Say who else sees the cohort, and as what."""
    READ_AUDIT = "read_audit"


_FIGURES = frozenset({Permission.SEE_FIGURES})
_ANSWERS = _FIGURES | {Permission.SEE_NAMES, Permission.SEE_ANSWERS, Permission.REVIEW}
_COHORT = _ANSWERS | {Permission.REGRADE, Permission.ASSIGN, Permission.EXPORT, Permission.MANAGE_PEOPLE}

POWERS: dict[str, frozenset[Permission]] = {
    Role.OWNER: _COHORT | {Permission.MANAGE_ROLES, Permission.READ_AUDIT},
    Role.INSTRUCTOR: _COHORT,
    Role.ASSISTANT: _ANSWERS,
    Role.OBSERVER: _FIGURES,
    Role.LEARNER: frozenset(),
}

MEANINGS = {
    Role.OWNER: "everything, and who else may do what",
    Role.INSTRUCTOR: "names and answers, reviews, assignments, exports, learners",
    Role.ASSISTANT: "names and answers, reviews; no exports",
    Role.OBSERVER: "figures with pseudonyms; no names, no answers",
    Role.LEARNER: "their own work only",
}
"""What each sees and does, as the page of people says it."""

TEAM = tuple(role for role in Role if role != Role.LEARNER)
"""The roles of those who look after a cohort, or look at it."""


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """
    >>> roles_with(Permission.MANAGE_PEOPLE)
    (Role.OWNER, Role.INSTRUCTOR)
    """
    return tuple(role for role in Role if permission in POWERS[role])


def with_article(role: Role | str) -> str:
    """
    >>> with_article(Role.OBSERVER), with_article("learner")
    ('an observer', 'a learner')
    """
    word = Role(role).label.lower()
    return f"an {word}" if word[0] in "aeio" else f"a {word}"
