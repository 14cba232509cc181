"""Ask a language model about a verdict and keep what it suggests; nothing else is written."""

from django.db import IntegrityError, transaction

from checkpoint.advice.asking import MOST_CHARACTERS, Reply, messages, read_reply
from checkpoint.advice.endpoint import Endpoint
from checkpoint.advice.models import Suggestion
from checkpoint.advice.queries import Waiting
from checkpoint.core.content.types import Question
from checkpoint.core.grading.explanation import explanation
from checkpoint.core.grading.rubric import Criterion
from checkpoint.core.grading.verdict import Span
from checkpoint.library import get_grader, get_library


def suggest(*, endpoint: Endpoint, waiting: Waiting) -> Suggestion | None:
    """The suggestion that is kept now; None where the question is gone or the answer too long to ask about.

    Raises EndpointError where no reply came; the verdict is asked about again another time.
    """
    question = get_library().questions.get(waiting.question)
    answer = waiting.answer
    if question is None or len(answer) > MOST_CHARACTERS:
        return None
    criteria = _open_criteria(question, waiting)
    text = endpoint.complete(messages(question, criteria, answer))
    reply = read_reply(text, criteria, answer, _closed(question, answer))
    return _record(verdict_id=waiting.verdict_id, model=endpoint.model, reply=reply)


def _open_criteria(question: Question, waiting: Waiting) -> tuple[Criterion, ...]:
    """Those that were not decided; all of them where the answer as a whole asks for a person."""
    undecided = tuple(c for c in question.criteria if waiting.outcomes.get(c.id) == "unscored")
    return undecided or question.criteria


def _closed(question: Question, answer: str) -> tuple[Span, ...]:
    """The sentences that the grader's gates keep from being evidence."""
    found = explanation(get_grader(), question, answer)
    return tuple(span for one in found.answer if one.kind == "gate" for span in one.evidence)


def _record(*, verdict_id: int, model: str, reply: Reply) -> Suggestion:
    """A model says what it says once: who comes second gets the first's."""
    criteria = [
        {"id": one.id, "outcome": one.outcome.value, "quote": one.quote, "why": one.why}
        for one in reply.advice
    ]
    try:
        with transaction.atomic():
            return Suggestion.objects.create(
                verdict_id=verdict_id, model=model, criteria=criteria, discarded=min(reply.discarded, 9_999)
            )
    except IntegrityError:
        return Suggestion.objects.get(verdict_id=verdict_id, model=model)
