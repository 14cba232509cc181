"""A report laid out for its page: counts in rows, failing answers with their failures."""

from dataclasses import dataclass
from itertools import groupby

from checkpoint.core.grading.heldout import MARKS
from checkpoint.core.grading.report import CriterionReport, Failing, Report, Step
from checkpoint.core.grading.verdict import Outcome
from checkpoint.rubrics.printed import share


@dataclass(frozen=True, slots=True)
class Cell:
    count: int
    agrees: bool
    """On the diagonal of the table."""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """What became of the answers with one label."""

    label: str
    cells: tuple[Cell, ...]
    precision: str
    recall: str


@dataclass(frozen=True, slots=True)
class CriterionRow:
    one: CriterionReport
    rows: tuple[LabelRow, ...]
    precision: str
    """Of met."""
    recall: str

    @property
    def agrees(self) -> bool:
        return self.one.confusion.right == self.one.confusion.total


@dataclass(frozen=True, slots=True)
class StepRow:
    step: Step
    confidence: str
    width: int
    """Of its bar, 0 to 200."""


@dataclass(frozen=True, slots=True)
class FailingAnswer:
    answer: str
    failures: tuple[Failing, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    report: Report
    criteria: tuple[CriterionRow, ...]
    steps: tuple[StepRow, ...]
    failing: tuple[FailingAnswer, ...]
    error: str
    """The calibration error in words."""


def lay_out_report(report: Report) -> ReportPage:
    """Rows and words for the page; no figure is computed here."""
    return ReportPage(
        report,
        tuple(map(_criterion, report.criteria)),
        tuple(map(_step, (step for step in report.steps if step.count))),
        tuple(
            FailingAnswer(together[0].answer, together)
            for together in (tuple(g) for _, g in groupby(report.failing, key=lambda one: one.id))
        ),
        share(report.calibration_error),
    )


def _criterion(one: CriterionReport) -> CriterionRow:
    confusion = one.confusion
    rows = tuple(
        LabelRow(
            label.value,
            tuple(Cell(confusion.counts.get((label, got), 0), label is got) for got in MARKS),
            share(confusion.precision(label)),
            share(confusion.recall(label)),
        )
        for label in MARKS
    )
    return CriterionRow(
        one, rows, share(confusion.precision(Outcome.MET)), share(confusion.recall(Outcome.MET))
    )


def _step(step: Step) -> StepRow:
    return StepRow(step, share(step.confidence), round(200 * (step.accuracy or 0)))
