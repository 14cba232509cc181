"""What the address of a cohort's page asks for: whom to show, in which order, with or without names."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from checkpoint.cohorts.models import Cohort

SHOWS = {
    "": "Everybody",
    "ready": "All cleared",
    "open": "Not all cleared",
    "stuck": "Stuck",
    "certain": "Certain and wrong",
    "fell": "Fell back",
    "quiet": "Gone quiet",
}
SORTS = {
    "": "By name",
    "help": "Who to help first",
    "readiness": "Fewest met first",
    "quiet": "Longest away first",
}
HIDDEN = "hidden"
"""`?names=hidden`: for a wall that others read too."""
LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Wish:
    """Anything unknown is as if it weren't there."""

    words: str = ""
    show: str = ""
    sort: str = ""
    missed: str = ""
    """Id of a criterion."""
    has: str = ""
    """Id of a misconception."""
    goal: str = ""
    """Of a scenario: `stale-plan.seen`."""
    skill: str = ""
    stage: str = ""
    hidden: bool = False
    more: bool = False
    """Whether the form offers to narrow by something of the course."""
    page: int = 1

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.show or self.narrows_further)

    @property
    def narrows_further(self) -> bool:
        """By something of the course."""
        return bool(self.missed or self.has or self.goal or self.skill or self.stage)

    @property
    def looks_into_answers(self) -> bool:
        return bool(self.missed or self.has or self.skill or self.stage or self.sort == "readiness")

    def query(self, **changed: str | int | bool) -> str:
        """The address of the same table with something changed; on its first page unless said."""
        wish = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        return wish.kept or "?"

    @property
    def names_kept(self) -> str:
        """What every link takes along while names are hidden."""
        return f"?names={HIDDEN}" if self.hidden else ""

    @property
    def kept(self) -> str:
        """What a link takes along, so that the way back leads to the same table; empty for the whole."""
        asked = {
            "q": self.words,
            "show": self.show,
            "sort": self.sort,
            "missed": self.missed,
            "has": self.has,
            "goal": self.goal,
            "skill": self.skill,
            "stage": self.stage,
            "names": HIDDEN if self.hidden else "",
            "more": "1" if self.more else "",
            "page": self.page if self.page > 1 else "",
        }
        query = urlencode({key: value for key, value in asked.items() if value})
        return f"?{query}" if query else ""

    @property
    def everybody(self) -> str:
        """The address of the whole table, names as they are."""
        return Wish(hidden=self.hidden).query()

    @property
    def with_more(self) -> str:
        return self.query(more=True, page=self.page)

    @property
    def with_names(self) -> str:
        return self.query(hidden=False, page=self.page)

    @property
    def without_names(self) -> str:
        """Without the words searched for: they are somebody's name."""
        return self.query(hidden=True, words="")


def wish_of(asked: QueryDict) -> Wish:
    hidden = asked.get("names") == HIDDEN
    return Wish(
        words="" if hidden else words_asked(asked),
        show=_one_of(SHOWS, asked.get("show", "")),
        sort=_one_of(SORTS, asked.get("sort", "")),
        hidden=hidden,
        more=asked.get("more") == "1",
        page=page_asked(asked),
        **{name: _slug(asked.get(name, "")) for name in ("missed", "has", "goal", "skill", "stage")},
    )


def wish_behind(request: HttpRequest, cohort: Cohort) -> Wish:
    """What the table asked for from which somebody came to a page behind it, for the way back.

    Hundreds of cells lead there, so they carry no filters: the browser says where it came from. Whether
    names are hidden is never left to that: each link says so.
    """
    asked, came_from = wish_of(request.GET), urlsplit(request.headers.get("Referer", ""))
    table = reverse("cohort", args=[cohort.slug])
    if asked.narrows or asked.sort or came_from.netloc != request.get_host() or came_from.path != table:
        return asked
    return replace(wish_of(QueryDict(came_from.query[:2000])), hidden=asked.hidden)


def words_asked(asked: QueryDict) -> str:
    return " ".join(asked.get("q", "").replace("\0", "").split())[:80]


def page_asked(asked: QueryDict) -> int:
    page = asked.get("page", "")
    return int(page) if page.isdecimal() and len(page) < 6 else 1


def _one_of(known: dict[str, str], wanted: str) -> str:
    return wanted if wanted in known else ""


def _slug(text: str) -> str:
    return text[:LONGEST_SLUG].replace("\0", "")
