"""The order in which pre-commit hands files to a hook: shuffled, always alike, cut into parts.

The framework shuffles with a fixed seed so that the work is spread evenly; as its output follows that order,
it is followed here too. Source: pre_commit/lang_base.py and pre_commit/xargs.py of 4.7.0.
"""

from collections.abc import Sequence
from functools import lru_cache

_SEED = 1542676187
_PROCESSORS = 2
"""Of the machine on which the recordings were made."""
_LEAST = 4
"""Files that go to one process at least."""
_SIZE, _SHIFT = 624, 397


def shuffled(files: Sequence[str]) -> list[str]:
    """The files as Python's `random.Random` with that seed shuffles them.

    >>> shuffled(["a", "b", "c"])
    ['a', 'b', 'c']
    """
    made, drawn = list(files), 0
    words = _words(2 * len(made) // _SIZE + 2)
    for last in range(len(made) - 1, 0, -1):
        bits = (last + 1).bit_length()
        place = last + 1
        while place > last:
            place = words[drawn % len(words)] >> (32 - bits)
            drawn += 1
        made[last], made[place] = made[place], made[last]
    return made


def parts(files: Sequence[str]) -> list[list[str]]:
    """The files of each process; one process without files where there are none."""
    size = max(_LEAST, -(-len(files) // _PROCESSORS))
    return [list(files[at : at + size]) for at in range(0, len(files), size)] or [[]]


@lru_cache(maxsize=8)
def _words(rounds: int) -> tuple[int, ...]:
    """The generator's first numbers of 32 bits (MT19937)."""
    state, out = _seeded(), []
    for _ in range(rounds):
        for n in range(_SIZE):
            low = (state[n] & 0x80000000) | (state[(n + 1) % _SIZE] & 0x7FFFFFFF)
            state[n] = state[(n + _SHIFT) % _SIZE] ^ (low >> 1) ^ (0x9908B0DF if low & 1 else 0)
        out += [_tempered(word) for word in state]
    return tuple(out)


def _tempered(word: int) -> int:
    word ^= word >> 11
    word ^= (word << 7) & 0x9D2C5680
    word ^= (word << 15) & 0xEFC60000
    return word ^ (word >> 18)


def _seeded() -> list[int]:
    """The generator's state after it was seeded with an array of one number."""
    state = [19650218]
    for n in range(1, _SIZE):
        state.append((1812433253 * (state[-1] ^ (state[-1] >> 30)) + n) & 0xFFFFFFFF)
    place = 1
    for _ in range(_SIZE):
        mixed = (state[place - 1] ^ (state[place - 1] >> 30)) * 1664525
        state[place] = ((state[place] ^ mixed) + _SEED) & 0xFFFFFFFF
        place = _next(state, place)
    for _ in range(_SIZE - 1):
        mixed = (state[place - 1] ^ (state[place - 1] >> 30)) * 1566083941
        state[place] = ((state[place] ^ mixed) - place) & 0xFFFFFFFF
        place = _next(state, place)
    state[0] = 0x80000000
    return state


def _next(state: list[int], place: int) -> int:
    if place + 1 < _SIZE:
        return place + 1
    state[0] = state[-1]
    return 1
