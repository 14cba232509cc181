"""How people and the grader agree, criterion by criterion, laid out for a page and for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checkpoint.core.content.types import Question
from checkpoint.core.grading.agreement import Pairs, exact, kappa
from checkpoint.reviews.pages import MACHINE, short_name
from checkpoint.selfcheck.decisions.queries import Agreed

FEWEST = 10
"""Below so many decisions a figure says more about chance than about the grader."""
OUTCOMES = ("met", "partial", "missing", "contradicted", "absent", "held")


@dataclass(frozen=True, slots=True)
class Agreement:
    """One criterion; `pairs` are what the person said and what the grader thought likeliest."""

    question: Question
    criterion: str
    short: str
    pairs: Pairs
    blind: int

    @property
    def decisions(self) -> int:
        return sum(self.pairs.values())

    @property
    def is_told(self) -> bool:
        return self.decisions >= FEWEST

    @property
    def exact(self) -> float:
        return exact(self.pairs)

    @property
    def kappa(self) -> float | None:
        return kappa(self.pairs)

    @property
    def exact_words(self) -> str:
        return f"{self.exact:.0%}"

    @property
    def kappa_words(self) -> str:
        return "–" if self.kappa is None else f"{self.kappa:.2f}"

    @property
    def apart(self) -> tuple[str, ...]:
        """Where they don't agree, most often first: 3 met, where the grader thought partly."""
        found = sorted(self.pairs.items(), key=lambda pair: -pair[1])
        return tuple(
            f"{count} {MACHINE[person].lower()}, where the grader thought {MACHINE[machine].lower()}"
            for (person, machine), count in found
            if person != machine
        )


def agreements(counts: Iterable[Agreed], questions: Mapping[str, Question]) -> tuple[Agreement, ...]:
    """In the course's order; where the grader left something open, its guess counts."""
    pairs: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    blind: dict[tuple[str, str], int] = {}
    for one in counts:
        place = one.question, one.criterion
        mine = pairs.setdefault(place, {})
        mine[one.outcome, one.guess] = mine.get((one.outcome, one.guess), 0) + one.decisions
        blind[place] = blind.get(place, 0) + one.decisions * one.blind
    return tuple(
        Agreement(question, name, short_name(question, name), pairs[slug, name], blind[slug, name])
        for slug, question in questions.items()
        for name in _names(question)
        if (slug, name) in pairs
    )


def _names(question: Question) -> tuple[str, ...]:
    return (
        *(c.id for c in question.required),
        *(c.id for c in question.bonus),
        *(idea.id for idea in question.misconceptions),
    )


def agreement_csv(rows: Iterable[Agreement]) -> str:
    """One line for each criterion; below the least number of decisions the figures stay empty."""
    text = io.StringIO()
    writer = csv.writer(text)
    both = [(person, machine) for person in OUTCOMES for machine in OUTCOMES]
    writer.writerow([*_COLUMNS, *(f"person_{person}_grader_{machine}" for person, machine in both)])
    for row in rows:
        figures: list[object] = ["", ""]
        if row.is_told:
            figures = [round(row.exact, 4), "" if row.kappa is None else round(row.kappa, 4)]
        counts = [row.pairs.get(pair, 0) if row.is_told else "" for pair in both]
        writer.writerow([row.question.slug, row.criterion, row.decisions, row.blind, *figures, *counts])
    return text.getvalue()


_COLUMNS = ("question", "criterion", "decisions", "blind", "agreement", "kappa")
