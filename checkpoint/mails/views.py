"""Which letters somebody gets, and the page behind the link in each of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from checkpoint.accounts.requests import PersonRequest
from checkpoint.mails import actions, queries
from checkpoint.mails.models import Kind
from checkpoint.mails.stopping import Stop, read_token


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def mails(request: PersonRequest) -> HttpResponse:
    """What I get by mail; POST stops or takes up."""
    if request.method != "POST":
        return _mails_page(request)
    wish, user_id = request.POST.get("do", ""), request.user.pk
    number = request.POST.get("silence", "")
    if wish == "stop" and request.POST.get("kind", "") in ("", *Kind.values):
        actions.stop_letters(user_id=user_id, kind=request.POST.get("kind", ""))
    elif wish == "resume" and number.isdecimal() and len(number) < 19:
        actions.end_silence(user_id=user_id, silence_id=int(number))
    else:
        return _mails_page(request, status=422)
    messages.success(request, "Your choice is saved.")
    return redirect("mails")


def _mails_page(request: PersonRequest, status: int = 200) -> HttpResponse:
    silences = list(queries.silences_of(request.user.pk))
    everywhere = {silence.kind for silence in silences if silence.cohort_id is None}
    kinds = [kind for kind in queries.kinds_for(request.user.is_instructor) if kind not in everywhere]
    context = {
        "silences": silences,
        "kinds": [] if "" in everywhere else kinds,
        "all_stopped": "" in everywhere,
    }
    return render(request, "mails/mails.html", context, status=status)


@csrf_exempt  # the signed link is the permission, and mail programs post to it (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, since programs open links too; a POST does."""
    stop = read_token(token)
    if stop is None or queries.person_of(stop) is None:
        raise Http404
    if request.method == "POST":
        _change(stop, request.POST.get("do", "stop"))
    stopped, all_stopped = queries.silences_at(stop)
    context = {
        "kind": stop.kind.label,
        "cohort": queries.cohort_name(stop),
        "stopped": stopped,
        "all_stopped": all_stopped,
    }
    return render(request, "mails/stop.html", context)


def _change(stop: Stop, wish: str) -> None:
    if wish == "all":
        actions.stop_letters(user_id=stop.user_id)
    elif wish == "resume":
        actions.resume_letters(user_id=stop.user_id, cohort_id=stop.cohort_id, kind=stop.kind)
        actions.resume_letters(user_id=stop.user_id)
    else:
        actions.stop_letters(user_id=stop.user_id, cohort_id=stop.cohort_id, kind=stop.kind)
