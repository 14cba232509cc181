"""Who may open which address: one rule for each, proved by tests; `manage.py permissions` prints them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import NamedTuple

from checkpoint.cohorts.roles import POWERS, Permission, Role
from checkpoint.operations.addresses import Address


class Kind(StrEnum):
    """Every kind of person, seen from one cohort and one of its learners."""

    ANYBODY = "not signed in"
    STRANGER = "stranger"
    LEARNER = "its learner"
    FELLOW = "another learner"
    OBSERVER = "observer"
    ASSISTANT = "assistant"
    INSTRUCTOR = "instructor"
    OWNER = "owner"
    ELSEWHERE = "owner of another"
    OPERATOR = "operator"


class Answer(StrEnum):
    """What becomes of a request, as people read it in the table."""

    IN = "yes"
    SIGN_IN = "sign in"
    """Sent to sign in; under htmx 401 with HX-Redirect."""
    NO = "403"
    NOTHING = "404"
    NOT_SO = "405"
    """Nobody sends this address such a request."""


Audience = Mapping[Kind, Answer]

ROLES = {
    Kind.LEARNER: Role.LEARNER,
    Kind.FELLOW: Role.LEARNER,
    Kind.OBSERVER: Role.OBSERVER,
    Kind.ASSISTANT: Role.ASSISTANT,
    Kind.INSTRUCTOR: Role.INSTRUCTOR,
    Kind.OWNER: Role.OWNER,
}
"""What those who belong to the cohort are in it."""


def _audience(inside: Iterable[Kind], others: Answer, anybody: Answer = Answer.SIGN_IN) -> Audience:
    known = {**dict.fromkeys(Kind, others), Kind.ANYBODY: anybody, **dict.fromkeys(inside, Answer.IN)}
    return {kind: known[kind] for kind in Kind}


EVERYBODY = _audience(Kind, Answer.IN)
SIGNED_IN = _audience([kind for kind in Kind if kind != Kind.ANYBODY], Answer.IN)
NOBODY = _audience((), Answer.NOT_SO, Answer.NOT_SO)
THEIR_OWN = _audience([Kind.LEARNER], Answer.NOTHING)
"""What belongs to one learner: nobody else ever finds it."""
MEMBERS = _audience(ROLES, Answer.NOTHING)
OPERATORS = _audience([Kind.OPERATOR], Answer.SIGN_IN)
MAKERS = _audience([Kind.OWNER, Kind.ELSEWHERE, Kind.OPERATOR], Answer.NO)
"""Those whom an operator lets make cohorts."""
RUBRIC_READERS = _audience(
    [Kind.ASSISTANT, Kind.INSTRUCTOR, Kind.OWNER, Kind.ELSEWHERE, Kind.OPERATOR], Answer.NO
)
"""Who sees answers in any cohort, may make one, or is an operator."""
ASSIGNED = _audience([Kind.LEARNER, Kind.FELLOW, Kind.INSTRUCTOR, Kind.OWNER], Answer.NOTHING)
"""Those who are asked to do something, and those who ask it."""
ABSENT = _audience((), Answer.NOTHING, Answer.NOTHING)
"""Nobody finds it while its service isn't set up."""
ABSENT_YET = _audience((), Answer.NOTHING)
"""Nothing is there while somebody has no second step."""


def may(permission: Permission) -> Audience:
    """Those of the cohort whose role has the permission; its others are told no, all else find nothing."""
    inside = [kind for kind, role in ROLES.items() if permission in POWERS[role]]
    return {**_audience(inside, Answer.NOTHING), **{k: Answer.NO for k in ROLES if k not in inside}}


PEOPLE = may(Permission.MANAGE_PEOPLE)


class Rule(NamedTuple):
    read: Audience = NOBODY
    """GET and HEAD."""
    send: Audience = NOBODY
    """POST."""


def _all(names: str, rule: Rule) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), rule)


RULES: dict[str, Rule] = {
    # The course is open to everybody.
    **_all("overview search keyboard accessibility healthz readyz", Rule(EVERYBODY)),
    **_all("lessons glossary lesson figure pipeline stage guardrails guardrail", Rule(EVERYBODY)),
    **_all("questions scenarios scenario playground playground-matrix", Rule(EVERYBODY)),
    "question": Rule(EVERYBODY, EVERYBODY),
    "theme": Rule(send=EVERYBODY),
    # One's own work.
    "progress": Rule(SIGNED_IN),
    **_all("draft scenario-start", Rule(send=SIGNED_IN)),
    "attempt": Rule(THEIR_OWN),
    "appeal": Rule(THEIR_OWN, THEIR_OWN),
    **_all("attempt-grade appeal-withdraw", Rule(send=THEIR_OWN)),
    **_all("run run-complete run-debrief run-step", Rule(THEIR_OWN)),
    **_all("run-note run-transcript run-recording", Rule(THEIR_OWN)),
    **_all("run-line run-file run-undo run-reset", Rule(send=THEIR_OWN)),
    **_all("run-hint run-finish run-branch run-share", Rule(send=THEIR_OWN)),
    # How answers are graded.
    "rubric": Rule(RUBRIC_READERS),
    "rubric-try": Rule(RUBRIC_READERS, RUBRIC_READERS),
    # Cohorts: one's own, and the desk.
    "cohorts": Rule(SIGNED_IN, MAKERS),
    **_all("cohort-join-code cohort-join", Rule(SIGNED_IN, SIGNED_IN)),
    "cohort-leave": Rule(send=MEMBERS),
    "cohort": Rule(may(Permission.SEE_FIGURES)),
    **_all("as-learner as-learner-*", Rule(may(Permission.SEE_ANSWERS))),
    "cohort-brief": Rule(may(Permission.SEE_FIGURES)),
    **_all("cohort-assignments cohort-assignment", Rule(may(Permission.ASSIGN), may(Permission.ASSIGN))),
    "assignment-calendar": Rule(ASSIGNED),
    **_all("cohort-learner cohort-attempt cohort-run", Rule(may(Permission.SEE_ANSWERS))),
    **_all("cohort-run-transcript cohort-run-recording", Rule(may(Permission.SEE_ANSWERS))),
    **_all("exports export-*", Rule(may(Permission.EXPORT))),
    **_all("review review-decisions review-agreement", Rule(may(Permission.REVIEW))),
    **_all("review-answer review-patch", Rule(may(Permission.REVIEW), may(Permission.REVIEW))),
    "review-setting": Rule(send=may(Permission.REVIEW)),
    "review-agreement-csv": Rule(may(Permission.EXPORT)),
    **_all("cohort-regrades cohort-regrade", Rule(may(Permission.REGRADE), may(Permission.REGRADE))),
    **_all(
        "cohort-members cohort-roster", Rule(may(Permission.MANAGE_PEOPLE), may(Permission.MANAGE_PEOPLE))
    ),
    "cohort-audit": Rule(may(Permission.READ_AUDIT)),
    # One's own account and letters.
    # Whoever knows the address of somebody’s calendar may read it: programs can’t sign in.
    "calendar-file": Rule(EVERYBODY),
    **_all("settings mails calendar", Rule(SIGNED_IN, SIGNED_IN)),
    "mail-stop": Rule(EVERYBODY, EVERYBODY),
    **_all("account_reauthenticate account_email account_change_password", Rule(SIGNED_IN, SIGNED_IN)),
    **_all("account_set_password usersessions_list socialaccount_connections", Rule(SIGNED_IN, SIGNED_IN)),
    **_all("mfa_index mfa_list_webauthn", Rule(SIGNED_IN)),
    **_all("mfa_reauthenticate mfa_reauthenticate_webauthn", Rule(SIGNED_IN, SIGNED_IN)),
    **_all("mfa_activate_totp mfa_generate_recovery_codes mfa_add_webauthn", Rule(SIGNED_IN, SIGNED_IN)),
    **_all("mfa_remove_webauthn mfa_edit_webauthn", Rule(SIGNED_IN, SIGNED_IN)),
    **_all("mfa_deactivate_totp mfa_download_recovery_codes", Rule(ABSENT_YET, ABSENT_YET)),
    "mfa_view_recovery_codes": Rule(ABSENT_YET),
    # Coming in and going out; whoever is signed in already is led on.
    **_all("account_login account_logout account_signup accounts/signup/", Rule(EVERYBODY, EVERYBODY)),
    **_all("account_request_login_code account_confirm_login_code", Rule(EVERYBODY, EVERYBODY)),
    **_all("account_reset_password account_reset_password_from_key", Rule(EVERYBODY, EVERYBODY)),
    **_all("account_reset_password_done account_reset_password_from_key_done", Rule(EVERYBODY)),
    **_all("account_inactive account_email_verification_sent", Rule(EVERYBODY)),
    "account_confirm_email": Rule(EVERYBODY, ABSENT),
    **_all("mfa_authenticate mfa_login_webauthn", Rule(EVERYBODY, EVERYBODY)),
    **_all("socialaccount_login_cancelled socialaccount_login_error", Rule(EVERYBODY)),
    "socialaccount_signup": Rule(EVERYBODY, EVERYBODY),
    "accounts/social/*": Rule(EVERYBODY, EVERYBODY),
    **_all("github_* openid_connect_* accounts/github/* accounts/oidc/*", Rule(ABSENT, ABSENT)),
    # The operators' pages.
    "admin:login": Rule(_audience([Kind.OPERATOR], Answer.NO), _audience([Kind.OPERATOR], Answer.NO)),
    "admin:logout": Rule(EVERYBODY, EVERYBODY),
    **_all("admin:* admin/*", Rule(OPERATORS, OPERATORS)),
}
"""By name, or by pattern where an address has none. A name said in full goes before one with a star."""


class NoRuleError(LookupError):
    """An address that nobody has said anything about."""


def rule_of(address: Address) -> Rule:
    if address.name in RULES:
        return RULES[address.name]
    for name, rule in RULES.items():
        if "*" in name and fnmatchcase(address.name, name):
            return rule
    raise NoRuleError(
        f"Nobody has said who may open “{address.name}” ({address.shown}): "
        "add its line to RULES in checkpoint/operations/permissions.py"
    )
