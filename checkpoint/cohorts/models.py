"""Cohorts and who belongs to them, as a learner or as an instructor."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

RESERVED_SLUGS = ("join", "runs")
"""Words of our own addresses."""

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are mistaken for others when read aloud or from a wall."""


def new_code() -> str:
    """
    >>> len(new_code()), new_code()[4]
    (9, '-')
    """
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class Role(models.TextChoices):
    LEARNER = "learner", "Learner"
    INSTRUCTOR = "instructor", "Instructor"


class Cohort(models.Model):
    """People who take the course together; whoever knows the code may join."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    join_code = models.CharField(max_length=9, unique=True, default=new_code)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="cohort_slug_is_not_reserved"),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one cohort; deleting it takes them and their answers out of sight."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.LEARNER)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("cohort", "user"), name="one_membership_per_cohort_and_user"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} in {self.cohort_id}, {self.role}"

    @property
    def is_instructor(self) -> bool:
        return self.role == Role.INSTRUCTOR
