"""Who may see how a rubric works: instructors and operators. Learners answer without having looked."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from checkpoint.accounts.requests import PersonRequest
from checkpoint.cohorts.queries import instructs
from checkpoint.library import get_library

View = Callable[..., HttpResponse]


def instructors_only(view: View) -> View:
    """Give the view the question instead of its slug; 403 for learners, 404 where there is no question."""

    @wraps(view)
    @login_required
    def guarded(request: PersonRequest, slug: str) -> HttpResponse:
        person = request.user
        if not (person.is_staff or person.is_instructor or instructs(person.pk)):
            raise PermissionDenied("It’s for instructors: it shows what the question’s answers are read for.")
        question = get_library().questions.get(slug)
        if question is None:
            raise Http404("No such question.")
        return view(request, question)

    return guarded
