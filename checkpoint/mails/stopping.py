"""Links by which whoever got a letter stops such letters, without signing in."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from checkpoint.mails.models import Kind

_signer = Signer(salt="checkpoint.mails.stop", sep=".")


@dataclass(frozen=True, slots=True)
class Stop:
    """Which letters a link stops: whose, from which cohort (None for none in particular), of which kind."""

    user_id: int
    cohort_id: int | None
    kind: Kind


def stop_link(stop: Stop) -> str:
    """The whole address; it works for as long as the secret key stays."""
    token = _signer.sign_object([stop.user_id, stop.cohort_id, stop.kind.value])
    return settings.SITE_URL + reverse("mail-stop", args=[token])


def read_token(token: str) -> Stop | None:
    """Nothing where we didn't write it."""
    try:
        user_id, cohort_id, kind = _signer.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return Stop(user_id, cohort_id, Kind(kind))
