"""The heat map's rows as markup: a page has hundreds of cells, and a template takes its time over each."""

from collections.abc import Iterable, Mapping

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from checkpoint.cohorts.progress import Progress
from checkpoint.cohorts.queries import Learner
from checkpoint.core.content.types import Question
from checkpoint.kept import kept
from checkpoint.library import get_library
from checkpoint.selfcheck.queries import Judgement, Latest

DARKEST = 4
"""So many criteria missed, or more."""


def heat_heads() -> SafeString:
    """Above the rows: one head for each question."""
    return _heads(get_library().fingerprint)


@kept
def _heads(_fingerprint: str) -> SafeString:
    questions = get_library().questions.values()
    return render_to_string("cohorts/_heat_heads.html", {"questions": questions})


def heat_rows(progress: Progress) -> SafeString:
    """One table row for each learner, with one cell for each question."""
    questions = [(slug, escape(_called(question))) for slug, question in get_library().questions.items()]
    rows = (
        _row(row.learner, progress.latest.get(row.learner.user_id, {}), questions) for row in progress.rows
    )
    return mark_safe("\n".join(rows))  # noqa: S308  (all words are escaped)


def _called(question: Question) -> str:
    return question.id or question.title


def _row(learner: Learner, latest: Mapping[str, Latest], questions: Iterable[tuple[str, str]]) -> str:
    name = escape(learner.name)
    cells = "".join(_cell(f"{name}, {called}", latest.get(slug)) for slug, called in questions)
    return f'<tr><th scope="row"><a href="learners/{learner.user_id}/">{name}</a></th>{cells}</tr>'


def _cell(where: str, latest: Latest | None) -> str:
    """`where` is escaped; all else are numbers and words of ours."""
    if latest is None:
        return f'<td data-h="x"><span role="img" aria-label="{where}, not attempted">–</span></td>'
    heat, text, label = _look(latest.judgement)
    link = f'<a href="attempts/{latest.attempt_id}/" aria-label="{where}, {label}">{text}</a>'
    return f'<td data-h="{heat}">{link}</td>'


def _look(judged: Judgement) -> tuple[str, str, str]:
    """Heat (how many were missed, or q for not all decided), text, and words for who can't see them."""
    text, label = f"{judged.met}/{judged.total}", f"{judged.met} of {judged.total} met"
    if "unscored" in judged.outcomes:
        return "q", f"{text} ?", f"{label}, not all decided"
    return str(min(DARKEST, judged.total - judged.met)), text, label
