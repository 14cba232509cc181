"""The heat map's rows as markup: a page has hundreds of cells, and a template takes its time over each."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from checkpoint.cohorts.progress import Progress
from checkpoint.cohorts.queries import Learner
from checkpoint.core.content.skills import Played
from checkpoint.kept import kept
from checkpoint.library import get_library
from checkpoint.scenarios.queries import Newest
from checkpoint.selfcheck.queries.crowd import Judgement, Latest

DARKEST = 4
"""So many missed, or more."""
LONGEST_NAME = 24
"""In the label of a cell; the head of the row has all of it."""


def heat_heads() -> SafeString:
    """Above the rows: one head for each question and each scenario."""
    return _heads(get_library().fingerprint)


@kept
def _heads(_fingerprint: str) -> SafeString:
    library = get_library()
    scenarios = [material.scenario for material in library.scenarios.values()]
    context = {"questions": library.questions.values(), "scenarios": scenarios}
    return render_to_string("cohorts/_heat_heads.html", context)


def heat_rows(progress: Progress) -> SafeString:
    """A row for each learner, a cell for each question and scenario; links for who may open them."""
    heat = _Heat(progress)
    return mark_safe("\n".join(heat.row(row.learner) for row in progress.rows))  # noqa: S308  (all words are escaped)


class _Heat:
    """What all rows have in common."""

    def __init__(self, progress: Progress) -> None:
        library = get_library()
        self._latest, self._newest = progress.latest, progress.newest
        self._links, self._names = progress.facts.answers, progress.wish.names_kept
        self._questions = [(slug, escape(q.id or q.title)) for slug, q in library.questions.items()]
        self._scenarios = [(slug, f"S{number}") for number, slug in enumerate(library.scenarios, start=1)]
        self._gap = '<td class="heat__gap"></td>' if self._scenarios else ""
        self._certain = {one.attempt_id for one in progress.facts.crowd.certain}

    def row(self, learner: Learner) -> str:
        name, page = escape(learner.name), f"learners/{learner.user_id}/"
        label = escape(_short(learner.name))
        latest, newest = self._latest.get(learner.user_id, {}), self._newest.get(learner.user_id, {})
        answers = (self._answer(f"{label}, {called}", page, latest.get(s)) for s, called in self._questions)
        runs = (self._run(f"{label}, {called}", page, newest.get(s)) for s, called in self._scenarios)
        head = f'<a href="{page}{self._names}">{name}</a>' if self._links else f"<span>{name}</span>"
        return f'<tr><th scope="row">{head}</th>{"".join(answers)}{self._gap}{"".join(runs)}</tr>'

    def _answer(self, where: str, page: str, latest: Latest | None) -> str:
        if latest is None:
            return self._cell("x", "–", f"{where}, not attempted", page)
        heat, text, label = answer_look(latest.judgement, latest.attempt_id in self._certain)
        return self._cell(heat, text, f"{where}, {label}", f"attempts/{latest.attempt_id}/")

    def _run(self, where: str, page: str, newest: Newest | None) -> str:
        """A run that isn't shared leads to its learner's page: what they typed is theirs."""
        if newest is None:
            return self._cell("x", "–", f"{where}, not attempted", page)
        heat, text, label = run_look(newest.played, newest.finished)
        if newest.shared:
            return self._cell(heat, text, f"{where}, {label}", f"runs/{newest.run_id}/steps/0/")
        return self._cell(heat, text, f"{where}, {label}, not shared", page)

    def _cell(self, heat: str, text: str, label: str, address: str) -> str:
        """All words are escaped already."""
        if not self._links:
            return f'<td data-h="{heat}"><span role="img" aria-label="{label}">{text}</span></td>'
        return f'<td data-h="{heat}"><a href="{address}{self._names}" aria-label="{label}">{text}</a></td>'


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


Look = tuple[str, str, str]
"""Heat (how many were missed, or q for not all decided), text, and words for who can't see them."""


def answer_look(judged: Judgement, certain_and_wrong: bool) -> Look:
    """How a latest answer looks in its cell: `!` where its learner was certain of something wrong."""
    text, label = f"{judged.met}/{judged.total}", f"{judged.met} of {judged.total} met"
    heat = str(min(DARKEST, judged.total - judged.met))
    if "unscored" in judged.outcomes:
        heat, text, label = "q", f"{text} ?", f"{label}, not all decided"
    if certain_and_wrong:
        text, label = f"{text} !", f"{label}, certain and wrong"
    return heat, text, label


def run_look(played: Played, finished: bool) -> Look:
    """How a latest run looks in its cell: `!` where a rule was broken on the way."""
    return _run_look(get_library().fingerprint, played, finished)


@lru_cache(maxsize=4096)
def _run_look(_fingerprint: str, played: Played, finished: bool) -> Look:
    material = get_library().scenarios[played.scenario]
    goals = [goal.id for goal in material.scenario.goals]
    met = sum(goal in played.met for goal in goals)
    text, label = f"{met}/{len(goals)}", f"{met} of {len(goals)} goals met"
    if played.broken:
        text, label = f"{text} !", f"{label}, rule broken"
    return str(min(DARKEST, len(goals) - met)), text, label if finished else f"{label}, going on"
