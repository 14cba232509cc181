"""The instructor's desk: the pages of one cohort, each shown to those who may open it."""

from dataclasses import dataclass

from django.urls import reverse

from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.roles import Permission
from checkpoint.cohorts.wishes import HIDDEN


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One line of the desk; `within` are names of pages that belong to it."""

    name: str
    title: str
    permission: Permission
    within: tuple[str, ...] = ()


PAGES = (
    DeskPage("cohort", "Cohort", Permission.SEE_FIGURES, ("cohort-learner", "cohort-attempt", "cohort-run")),
    DeskPage(
        "review",
        "Review",
        Permission.REVIEW,
        ("review-answer", "review-decisions", "review-agreement", "review-patch"),
    ),
    DeskPage("cohort-assignments", "Assignments", Permission.ASSIGN, ("cohort-assignment",)),
    DeskPage("cohort-regrades", "Regrade", Permission.REGRADE, ("cohort-regrade",)),
    DeskPage("cohort-brief", "Brief", Permission.SEE_FIGURES),
    DeskPage("exports", "Exports", Permission.EXPORT),
    DeskPage("cohort-members", "People", Permission.MANAGE_PEOPLE, ("cohort-roster",)),
    DeskPage("cohort-audit", "Audit", Permission.READ_AUDIT),
)
"""In the order shown. Each piece of the desk adds its line by the name of its address."""

DO_WITHOUT_NAMES = ("cohort", "cohort-brief")
"""Pages that show pseudonyms where their address asks for them."""


@dataclass(frozen=True, slots=True)
class DeskLink:
    title: str
    address: str
    current: str
    """The value of aria-current: page, true for a page within, or nothing."""


def desk_links(membership: Membership, here: str, *, hidden: bool = False) -> tuple[DeskLink, ...]:
    """What this member may open, seen from the address named `here`. No query.

    While names are `hidden`, they stay so on the pages that can do without.
    """
    slug = membership.cohort.slug
    return tuple(
        DeskLink(page.title, _address(page, slug, hidden), _current(page, here))
        for page in PAGES
        if membership.may(page.permission)
    )


def _address(page: DeskPage, slug: str, hidden: bool) -> str:
    address = reverse(page.name, args=[slug])
    return f"{address}?names={HIDDEN}" if hidden and page.name in DO_WITHOUT_NAMES else address


def _current(page: DeskPage, here: str) -> str:
    if here == page.name:
        return "page"
    return "true" if here in page.within else ""
