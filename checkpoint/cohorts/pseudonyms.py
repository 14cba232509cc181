"""Names that stand for learners where theirs may not be seen: for observers, and on a wall.

A pseudonym is where a learner's id comes to stand when all numbers of so many letters are put in another
order, which only the secret key knows and which differs from cohort to cohort. No two ids come to stand in
one place, so nobody shares a pseudonym, whoever joins or leaves.
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from django.conf import settings
from django.utils.crypto import salted_hmac

from checkpoint.cohorts.models import CODE_LETTERS, Membership
from checkpoint.cohorts.queries import Learner
from checkpoint.cohorts.roles import Permission

LENGTH = 5
"""Letters of a pseudonym; one more for ids beyond the first 28 million, and so on."""
TAIL = 7
"""Letters that a key has behind them."""
TURNS = 8
"""So often each half of a number is moved by the other: fewer could be guessed from those one knows."""
BASE = len(CODE_LETTERS)


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
    """The same whenever it's asked for, another in each cohort, nobody else's there, and nothing without
    the secret key."""
    return f"Learner {_letters(_key(cohort_id, settings.SECRET_KEY), user_id)}"


def learner_key(cohort_id: int, user_id: int) -> str:
    """The same for programs: begins with the pseudonym's letters, and is nobody's in another cohort."""
    key = _key(cohort_id, settings.SECRET_KEY)
    return _letters(key, user_id) + _written(_mixed(key, "key", user_id), TAIL)


@lru_cache(maxsize=64)
def _key(cohort_id: int, secret_key: str) -> bytes:
    made = salted_hmac("checkpoint.cohorts.pseudonyms", str(cohort_id), secret_key, algorithm="sha256")
    return made.digest()


def _letters(key: bytes, user_id: int) -> str:
    length = LENGTH
    while user_id >= BASE**length:
        length += 1
    return _written(_moved(key, user_id, length), length)


def _moved(key: bytes, number: int, length: int) -> int:
    """Where a number comes to stand among all of this length.

    Each turn adds to one half what the other makes of it, and could be taken back: so two never meet (a
    Feistel network).
    """
    lefts: int = BASE ** (length // 2)
    rights: int = BASE ** (length - length // 2)
    left, right = divmod(number, rights)
    for turn in range(0, TURNS, 2):
        left = (left + _mixed(key, str(turn), right)) % lefts
        right = (right + _mixed(key, str(turn + 1), left)) % rights
    return left * rights + right


def _mixed(key: bytes, turn: str, number: int) -> int:
    return int.from_bytes(blake2b(f"{turn}:{number}".encode(), digest_size=8, key=key).digest())


def _written(number: int, count: int) -> str:
    letters = []
    for _ in range(count):
        number, place = divmod(number, BASE)
        letters.append(CODE_LETTERS[place])
    return "".join(letters)
