"""Decisions offered to a rubric, each as a marked answer or a phrasing, in words that a person edits."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from checkpoint.cohorts.models import Cohort
from checkpoint.core.content.additions import PHRASING, Addition, AdditionError, Changed, with_additions
from checkpoint.core.content.types import Question
from checkpoint.library import get_library, question_text
from checkpoint.reviews import queries
from checkpoint.reviews.pages import MACHINE, short_name
from checkpoint.selfcheck.decisions.queries import Ruled

MOST = 20
"""So many decisions at once."""
MOST_CHARACTERS = 2000
LEAVE_OUT = ""
MARKS = ("met", "partial", "missing", "contradicted")
PLACES = (
    *((mark, f"A marked answer: {MACHINE[mark].lower()}") for mark in MARKS),
    (PHRASING, "An accepted phrasing"),
    (LEAVE_OUT, "Leave it out"),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One decision about a criterion, with the words that it is about."""

    ruled: Ruled
    question: Question
    text: str
    """What the learner marked as covering it, or the whole answer."""

    @property
    def short(self) -> str:
        return short_name(self.question, self.ruled.criterion).capitalize()

    @property
    def heading(self) -> str:
        return next(c.heading for c in self.question.criteria if c.id == self.ruled.criterion)

    @property
    def word(self) -> str:
        return MACHINE[self.ruled.outcome].lower()


def decision_ids(named: Iterable[str]) -> list[int]:
    """
    >>> decision_ids(["3", "x", "3", "4"])
    [3, 4]
    """
    found = (int(one) for one in named if one.isdecimal() and len(one) < 19)
    return list(dict.fromkeys(found))[:MOST]


def offers_of(cohort: Cohort, ids: list[int]) -> tuple[list[Offer], int]:
    """Those of one question, the earliest decision's, and how many are about others. Three queries."""
    questions, found = get_library().questions, queries.decisions_named(cohort, ids)
    answers = queries.answers(cohort, {one.attempt_id for one in found})
    marked = queries.marked_words(cohort, [one.attempt_id for one in found])
    offers = [
        Offer(one, questions[one.question], marked.get((one.attempt_id, one.criterion)) or answer.answer)
        for one in sorted(found, key=lambda one: one.id)
        if (answer := answers.get(one.attempt_id))
        and one.criterion in {c.id for c in questions[one.question].criteria}
    ]
    mine = [one for one in offers if one.question == offers[0].question]
    return mine, len(offers) - len(mine)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer as its part of the form."""

    offer: Offer
    text: str
    where: str
    places: tuple[tuple[str, str], ...]
    errors: tuple[str, ...]


class OffersForm(forms.Form):
    """For each decision `text-ID` and `where-ID`; what is left out needs no text."""

    def __init__(self, data: QueryDict | None, *, offers: list[Offer]) -> None:
        super().__init__(data)
        self._offers = offers
        for one in offers:
            self.fields[f"text-{one.ruled.id}"] = forms.CharField(
                required=False,
                max_length=MOST_CHARACTERS,
                error_messages={"max_length": f"Keep it under {MOST_CHARACTERS:,} characters."},
            )
            self.fields[f"where-{one.ruled.id}"] = forms.ChoiceField(required=False, choices=PLACES)

    def rows(self) -> list[OfferRow]:
        return [
            OfferRow(
                one,
                str(self._given(f"text-{one.ruled.id}", " ".join(one.text.split()))),
                str(self._given(f"where-{one.ruled.id}", one.ruled.outcome)),
                PLACES,
                self._errors_of(one) if self.is_bound else (),
            )
            for one in self._offers
        ]

    def _given(self, name: str, otherwise: str) -> object:
        return self.data.get(name, "") if self.is_bound else otherwise

    def _errors_of(self, one: Offer) -> tuple[str, ...]:
        names = (f"text-{one.ruled.id}", f"where-{one.ruled.id}")
        return tuple(str(error) for name in names for error in self.errors.get(name, []))

    @property
    def messages(self) -> list[str]:
        return [str(error) for errors in self.errors.values() for error in errors]

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        used = [one for one in self._offers if facts.get(f"where-{one.ruled.id}")]
        for one in used:
            name = f"text-{one.ruled.id}"
            words = " ".join((facts.get(name) or "").split())
            if name in facts and not words:
                self.add_error(name, f"{one.short}: write the words, or leave it out.")
            elif words in _known(one):
                self.add_error(name, f"{one.short}: the file has these words already.")
        if not used and not self.errors:
            raise forms.ValidationError("Everything is left out. Choose what the rubric should learn.")
        return facts

    def additions(self) -> list[Addition]:
        """In the order of the decisions, each text once."""
        made = [
            Addition(
                one.ruled.criterion,
                self.cleaned_data[f"where-{one.ruled.id}"],
                " ".join(self.cleaned_data[f"text-{one.ruled.id}"].split()),
            )
            for one in self._offers
            if self.cleaned_data[f"where-{one.ruled.id}"]
        ]
        return list(dict.fromkeys(made))


def _known(one: Offer) -> set[str]:
    criterion = next(c for c in one.question.criteria if c.id == one.ruled.criterion)
    marked = (text for mark in MARKS for text in getattr(criterion.examples, mark))
    return {" ".join(text.split()) for text in (*criterion.phrasings, *marked)}


def changed_by(question: Question, additions: list[Addition]) -> Changed:
    """The question's file as it is on disk, with the additions."""
    kept = question_text(question.slug)
    if kept is None:
        raise AdditionError("the question’s file can’t be read")
    path, text = kept
    return with_additions(path, text, question, additions)
