"""Names that stand for learners where theirs may not be seen: for observers, and on a wall."""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from checkpoint.cohorts.models import CODE_LETTERS, Membership
from checkpoint.cohorts.queries import Learner
from checkpoint.cohorts.roles import Permission

KEY_LENGTH = 12
LENGTH = 5
"""Letters of a pseudonym: among 500 learners two share one in one cohort of 230."""


def shown_names(
    membership: Membership, learners: Iterable[Learner], pseudonyms: bool = False
) -> tuple[Learner, ...]:
    """The learners as this member may see them, by the name shown.

    With pseudonyms nothing is left of a name or an address, nor their order, so that whatever is
    made of these learners (rows, filters, sorting) tells nothing either.
    """
    if membership.may(Permission.SEE_NAMES) and not pseudonyms:
        return tuple(learners)
    cohort_id = membership.cohort_id
    hidden = (one._replace(name=pseudonym(cohort_id, one.user_id), email="") for one in learners)
    return tuple(sorted(hidden, key=lambda one: (one.name, one.user_id)))


def pseudonym(cohort_id: int, user_id: int) -> str:
    """The same whenever it's asked for, another in each cohort, and nothing without the secret key."""
    return f"Learner {_letters(cohort_id, user_id, LENGTH)}"


def learner_key(cohort_id: int, user_id: int) -> str:
    """The same for programs: begins with the pseudonym's letters, and long enough that no two are alike."""
    return _letters(cohort_id, user_id, KEY_LENGTH)


def _letters(cohort_id: int, user_id: int, count: int) -> str:
    number = int.from_bytes(salted_hmac("checkpoint.cohorts.pseudonyms", f"{cohort_id}:{user_id}").digest())
    letters = []
    for _ in range(count):
        number, place = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters)
