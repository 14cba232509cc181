"""Results that are asked for again and again while what they come from stays the same."""

from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import lru_cache, wraps
from typing import Generic, TypeVar

from checkpoint.core.sim import limits

Value = TypeVar("Value")


def remembered(most: int, longest: int) -> Callable[[Callable[[bytes], Value]], Callable[[bytes], Value]]:
    """The last few results of a pure function of bytes; those of more bytes than `longest` are made anew each
    time, so that what learners write by hand can't fill the memory of a worker."""

    def of(make: Callable[[bytes], Value]) -> Callable[[bytes], Value]:
        kept = lru_cache(maxsize=most)(make)

        @wraps(make)
        def asked(data: bytes) -> Value:
            return kept(data) if len(data) <= longest else make(data)

        return asked

    return of


class Recent(Generic[Value]):
    """The last few results of a pure function of a value of the world, told apart by its identity.

    Worlds are never changed in place, so the same object gives the same result. Who gets one from here is
    charged for the work that it was: a line ends at the same place whether it was here or not.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[tuple[int, Hashable], tuple[object, Value, int]] = {}

    def get(self, source: object, key: Hashable, make: Callable[[], Value]) -> Value:
        """`make()`, which depends on nothing but `source` and `key`. What it gives must not be changed."""
        place = (id(source), key)
        found = self._held.pop(place, None)
        if found is None:
            value, work = limits.metered(make)
            found = (source, value, work)  # with the source, so that its id stays its own
            self._forget()
        self._held[place] = found  # the latest stands last
        if found[2]:
            limits.spend(found[2])
        return found[1]

    def carry(self, source: object, key: Hashable, onto: object) -> None:
        """What was found of one value holds for another one too, such as a map with one value replaced."""
        found = self._held.get((id(source), key))
        if found is not None:
            self._forget()
            self._held[id(onto), key] = (onto, *found[1:])

    def _forget(self) -> None:
        """Another thread may do so at the same time; then one of them leaves it to the next call."""
        with suppress(RuntimeError, StopIteration):
            while len(self._held) >= self._most:
                self._held.pop(next(iter(self._held)), None)
