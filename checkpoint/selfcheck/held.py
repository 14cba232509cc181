"""Words written before signing in: they wait in the session, so that nothing is lost on the way."""

from dataclasses import dataclass

from django.http import HttpRequest

KEY = "held_answer"


@dataclass(frozen=True, slots=True)
class Held:
    answer: str
    confidence: int | None


def hold(request: HttpRequest, question: str, answer: str, confidence: int | None) -> None:
    """Keep the words of one question, the latest, with this browser's session."""
    if answer.strip():
        request.session[KEY] = {"question": question, "answer": answer, "confidence": confidence}


def held(request: HttpRequest, question: str) -> Held | None:
    """What waits for this question. Reads nothing more than the session."""
    waiting = request.session.get(KEY)
    if not waiting or waiting["question"] != question:
        return None
    return Held(waiting["answer"], waiting["confidence"])


def release(request: HttpRequest, question: str) -> None:
    """The words have been stored elsewhere."""
    if held(request, question):
        del request.session[KEY]
