"""What a learner is written whose answers fall: which, why, and where to read more."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from checkpoint.library import get_library
from checkpoint.regrades.models import Finding, Regrade
from checkpoint.selfcheck.models import LevelChoice


def fallen_letter(regrade: Regrade, findings: Sequence[Finding], *, undone: bool) -> tuple[str, str]:
    """Subject and text for one learner; the same words as on the attempt's page."""
    answers = [_told(finding, undone) for finding in findings]
    named = answers[0]["name"] if len(answers) == 1 else f"{len(answers)} answers"
    what = "The re-check was taken back" if undone else "Checked again"
    text = render_to_string(
        "regrades/fallen.txt", {"cohort": regrade.cohort, "answers": answers, "undone": undone}
    )
    return f"{what}: {named}", text


def _told(finding: Finding, undone: bool) -> dict[str, str]:
    question = get_library().questions[finding.question]
    before, after = (LevelChoice(level).label for level in (finding.level_before, finding.level))
    place = reverse("attempt", args=[finding.question, finding.before.attempt_id])
    return {
        "name": f"{question.id} {question.title}".strip() or question.slug,
        "changes": finding.changes_back if undone else finding.changes,
        "was": after if undone else before,
        "now": before if undone else after,
        "address": settings.SITE_URL + place,
    }
