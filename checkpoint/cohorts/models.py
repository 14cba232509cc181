"""Cohorts, who belongs to them, and as what."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from checkpoint.cohorts.roles import POWERS, Permission, Role, with_article

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
    def powers(self) -> frozenset[Permission]:
        """All that this person may do in the cohort; a role nobody knows may nothing."""
        return POWERS.get(self.role, frozenset())

    @property
    def role_words(self) -> str:
        return with_article(self.role)

    def may(self, permission: Permission) -> bool:
        return permission in self.powers


class Invitation(models.Model):
    """Somebody asked by mail to join a cohort, until they come or it is withdrawn."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    """In small letters."""
    name = models.CharField(max_length=80, blank=True)
    """As the list had it, for those who sent it; people choose their own."""
    role = models.CharField(max_length=10, choices=Role, default=Role.LEARNER)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    """Set before its mail is handed over: whoever dies between the two has sent it at most once."""
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("cohort", "email"), name="one_invitation_per_cohort_and_email"),
        )
        indexes = (models.Index(fields=("email",), name="invitations_by_email"),)

    def __str__(self) -> str:
        return f"{self.email} to {self.cohort_id} as {self.role}"
