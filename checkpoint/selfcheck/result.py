"""A verdict laid out for its page: heading, marked answer, criteria, corrections, what to do next."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checkpoint.core.content.addresses import parse_target
from checkpoint.core.content.library import Library, Pointer, read_label
from checkpoint.core.content.types import Question
from checkpoint.selfcheck.decisions.remarks import Remark
from checkpoint.selfcheck.marks import SIGNALS, Piece, mark, visible
from checkpoint.selfcheck.models import LevelChoice
from checkpoint.selfcheck.shown import Shown, ShownCorrection, ShownCriterion

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
OUTCOME_WORDS = {
    "met": "met",
    "partial": "partly",
    "missing": "missing",
    "contradicted": "missing",
    "unscored": "not decided",
}
TALLY = (("met", "met"), ("part", "partly"), ("miss", "missing"), ("hold", "not decided"))
_SPACED = re.compile(r"\S {2}|(?m:^[ \t])|\t")
RANK = {"contradicted": 0, "missing": 0, "unscored": 1, "partial": 2, "met": 3}


@dataclass(frozen=True, slots=True)
class CriterionRow:
    shown: ShownCriterion
    signal: str
    mark: int
    """The number of its first mark in the answer, 0 without evidence."""
    read: Pointer | None
    correction: str
    """The letter of the correction that quotes it."""
    remark: Remark | None = None

    @property
    def may_appeal(self) -> bool:
        """A verdict that isn't met can look wrong; one that a person gave, or will look at, is settled."""
        return self.shown.outcome != "met" and self.remark is None


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    number: int
    shown: ShownCorrection
    quote: str
    read: Pointer | None
    remark: Remark | None = None
    is_idea: bool = True
    """Whether it is about a misconception; one about a criterion is appealed against there."""

    @property
    def may_appeal(self) -> bool:
        return self.is_idea and self.remark is None


@dataclass(frozen=True, slots=True)
class Tally:
    signal: str
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A misconception that the machine saw and a person didn't."""

    claim: str
    remark: Remark


@dataclass(frozen=True, slots=True)
class Result:
    """Everything `_verdict.html` shows."""

    level: str
    heading: str
    tally: tuple[Tally, ...]
    advice: str
    pieces: tuple[Piece, ...]
    spaced: bool
    """Whether runs of spaces mean something, as in YAML or a command's output."""
    replaced: bool
    """Whether the answer holds signs that could not be kept as they were."""
    corrections: tuple[CorrectionRow, ...]
    held_back: str
    criteria: tuple[CriterionRow, ...]
    beyond: tuple[CriterionRow, ...]
    undecided: str
    ordered: bool
    model_answer: tuple[str, ...]
    """Paragraphs; empty until the question is cleared."""
    reread: Pointer | None
    grader: str
    settled: tuple[Settled, ...] = ()
    """Corrections that a person took back, each with its decision."""
    is_decided: bool = False
    """Whether a person decided anything in it."""

    @property
    def may_appeal(self) -> bool:
        rows: tuple[CriterionRow | CorrectionRow, ...] = (*self.criteria, *self.corrections)
        return any(row.may_appeal for row in rows)


def lay_out_result(
    library: Library,
    question: Question,
    shown: Shown,
    answer: str,
    remarks: Mapping[str, Remark] | None = None,
) -> Result:
    """Arrange one verdict for its page; `remarks` are what people said about each criterion."""
    said = remarks or {}
    ideas = {one.id: one.claim for one in question.misconceptions}
    marked = mark(answer, shown)
    letters = {correction.id: correction.letter for correction in shown.corrections}

    def row(criterion: ShownCriterion) -> CriterionRow:
        letter = letters.get(criterion.id, "")
        place = f"#fix-{ord(letter) - 64}" if letter else f"#c-{criterion.number}"
        return CriterionRow(
            criterion,
            SIGNALS[criterion.outcome],
            marked.first.get(place, 0),
            pointer(library, criterion.read),
            letter,
            said.get(criterion.id),
        )

    return Result(
        level=shown.level,
        heading=heading(shown),
        tally=tally(shown),
        advice=advice(shown),
        pieces=marked.pieces,
        spaced=bool(_SPACED.search(answer)),
        replaced="\ufffd" in answer,
        corrections=tuple(
            CorrectionRow(
                number, c, visible(c.quote), pointer(library, c.read), said.get(c.id), c.id in ideas
            )
            for number, c in enumerate(shown.corrections, start=1)
        ),
        held_back=_held_back(shown.held_back),
        criteria=tuple(map(row, shown.required)),
        beyond=tuple(map(row, shown.beyond)),
        undecided=undecided(shown),
        ordered=question.ordered,
        model_answer=_paragraphs(question.model_answer) if shown.level == "ready" else (),
        reread=_reread(library, question, shown),
        grader=shown.grader,
        settled=tuple(
            Settled(ideas[name], remark)
            for name, remark in said.items()
            if name in ideas and remark.ruled and name not in {c.id for c in shown.corrections}
        ),
        is_decided=any(remark.ruled for remark in said.values()),
    )


# --- Words ---------------------------------------------------------------------


def in_words(number: int) -> str:
    """
    >>> in_words(3), in_words(12)
    ('three', '12')
    """
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def heading(shown: Shown) -> str:
    """Close: three of five, and one thing to unlearn."""
    met = sum(c.outcome == "met" for c in shown.required)
    total = len(shown.required)
    count = f"all {in_words(total)}" if met == total > 1 else f"{in_words(met)} of {in_words(total)}"
    wrong = len(shown.corrections)
    unlearn = f", and {in_words(wrong)} thing{'' if wrong == 1 else 's'} to unlearn" if wrong else ""
    return f"{LevelChoice(shown.level).label}: {count}{unlearn}"


def tally(shown: Shown) -> tuple[Tally, ...]:
    """3 met, 1 partly, 1 missing, 1 correction: required criteria only."""
    counts = Counter(SIGNALS[c.outcome] for c in shown.required)
    found = [Tally(name, name, f"{counts[name]} {word}") for name, word in TALLY if counts[name]]
    wrong = len(shown.corrections)
    if wrong:
        found.append(Tally("miss", "fix", f"{wrong} correction{'' if wrong == 1 else 's'}"))
    return tuple(found)


def counts_in_words(outcomes: Iterable[str]) -> str:
    """2 met, 1 partly, 2 missing."""
    counts = Counter(SIGNALS.get(outcome, "hold") for outcome in outcomes)
    return ", ".join(f"{counts[name]} {word}" for name, word in TALLY if counts[name])


def advice(shown: Shown) -> str:
    """What stands between this answer and a cleared question, in one or two sentences."""
    if shown.level == "ready":
        left = [c for c in shown.required if c.outcome != "met"]
        return f"What’s left is worth a look: {_named(left)}." if left else "You covered every criterion."
    critical = [c.letter for c in shown.corrections if c.critical]
    musts = [c for c in shown.required if c.must and c.outcome != "met"]
    steps = []
    if critical:
        steps.append(f"settle correction {_listed(critical)}")
    if musts:
        steps.append(f"meet {_named(musts)}")
    if steps:
        return f"To clear it, {' and '.join(steps)}."
    weak = [c for c in shown.required if c.outcome != "met"]
    if not weak:
        return "To clear it, answer again without what was corrected."
    return f"To clear it, meet more of what’s still open: {_named(weak)}."


def undecided(shown: Shown) -> str:
    """Which criteria the grader left open, and what would settle them; nobody is promised."""
    left = [c for c in (*shown.required, *shown.beyond) if c.outcome == "unscored"]
    if left:
        return (
            f"Your words can be read more than one way on {_named(left)}, so nothing was guessed. "
            "It counts as not met until you say it in a sentence of its own and check again."
        )
    if shown.needs_review:
        return (
            "Parts of this answer were hard to read with certainty. "
            "Compare each verdict with the sentence it marks."
        )
    return ""


def _named(criteria: list[ShownCriterion]) -> str:
    word = "criterion" if len(criteria) == 1 else "criteria"
    return f"{word} {_listed([str(c.number) for c in criteria])}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _held_back(more: int) -> str:
    if not more:
        return ""
    subject = "One more idea waits" if more == 1 else f"{in_words(more).capitalize()} more ideas wait"
    return f"{subject} to be corrected. Settle these two first."


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


# --- Pointers ------------------------------------------------------------------


def pointer(library: Library, read: str) -> Pointer | None:
    """Where to read, in words; nothing where the lesson a kept verdict names is gone."""
    target = parse_target(read)
    if target is None or (target.kind == "lesson" and target.slug not in library.lessons):
        return None
    return read_label(library, read)


def _reread(library: Library, question: Question, shown: Shown) -> Pointer | None:
    """Where to read first: what must be known and is absent, then corrections, then the rest."""
    absent = [c for c in shown.required if c.outcome in ("missing", "contradicted")]
    reads = [c.read for c in absent if c.must]
    reads += [c.read for c in shown.corrections] + [c.read for c in absent]
    reads += [f"lesson:{slug}" for slug in question.lessons]
    return next(filter(None, (pointer(library, read) for read in reads)), None)


# --- Between attempts ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One criterion whose verdict moved from one attempt to the next."""

    heading: str
    before: str
    after: str
    better: bool


def changes(question: Question, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """What moved between two verdicts, in the rubric's order."""
    if before == after:
        return ()
    return tuple(
        Change(
            criterion.heading,
            OUTCOME_WORDS[before[criterion.id]],
            OUTCOME_WORDS[after[criterion.id]],
            RANK[after[criterion.id]] > RANK[before[criterion.id]],
        )
        for criterion in question.required
        if criterion.id in before
        and criterion.id in after
        and OUTCOME_WORDS[before[criterion.id]] != OUTCOME_WORDS[after[criterion.id]]
    )
