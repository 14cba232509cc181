"""Semantic versions and their ranges, as the library that Flux uses reads them."""

from dataclasses import dataclass

_OPERATORS = ("!=", ">=", "=>", "<=", "=<", "~>", "=", ">", "<", "~", "^")


@dataclass(frozen=True, slots=True)
class Version:
    numbers: tuple[int, int, int]
    pre: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[tuple[int, int, int], int, tuple[tuple[int, int, str], ...]]:
        """For sorting: a version stands behind its own pre-releases."""
        parts = tuple((0, int(one), "") if one.isdigit() else (1, 0, one) for one in self.pre)
        return self.numbers, int(not self.pre), parts


def parsed(text: str) -> Version | None:
    """A version, or None for a tag that is none; a `v` in front and missing parts are allowed."""
    plain = text.removeprefix("v").partition("+")[0]
    core, dash, pre = plain.partition("-")
    numbers = core.split(".")
    if not 1 <= len(numbers) <= 3 or not all(
        one.isascii() and one.isdigit() and len(one) < 12 for one in numbers
    ):
        return None
    names = tuple(pre.split(".")) if dash else ()
    if dash and not all(one and all(char.isalnum() or char == "-" for char in one) for one in names):
        return None
    major, minor, patch = [int(one) for one in [*numbers, "0", "0"][:3]]
    return Version((major, minor, patch), names)


def fits(version: Version, wanted: str) -> bool:
    """Whether a version is in a range such as `>=1.0.0 <2.0.0`, `1.x`, `~1.4` or `^1.2 || 3.0.0`.

    A comparison without a pre-release never takes one.

    >>> fits(Version((1, 5, 0), ("rc", "1")), ">=1.0.0"), fits(Version((1, 5, 0), ("rc", "1")), ">=1.0.0-0")
    (False, True)
    """
    return any(all(_fits(version, one) for one in _comparisons(part)) for part in wanted.split("||"))


def _comparisons(part: str) -> list[str]:
    words = part.replace(",", " ").split()
    made: list[str] = []
    place = 0
    while place < len(words):
        if words[place] in _OPERATORS and place + 1 < len(words):
            made.append(words[place] + words[place + 1])
            place += 2
        elif place + 2 < len(words) and words[place + 1] == "-":
            made += [">=" + words[place], "<=" + words[place + 2]]
            place += 3
        else:
            made.append(words[place])
            place += 1
    return made


def _fits(version: Version, comparison: str) -> bool:
    operator = next((one for one in _OPERATORS if comparison.startswith(one)), "")
    text = comparison[len(operator) :]
    parts = text.removeprefix("v").partition("-")[0].split(".")
    wild = next((n for n, one in enumerate(parts) if one in ("x", "X", "*")), len(parts))
    bound = (
        parsed(".".join(parts[:wild]) + text[len(text.partition("-")[0]) :]) if wild else Version((0, 0, 0))
    )
    if bound is None or (version.pre and not bound.pre):
        return False
    if not wild:
        return True
    given = min(wild, 3)
    if operator in ("", "=", "~", "~>", "^"):
        if operator in ("", "=") and given == 3:
            return version == bound
        return bound.rank <= version.rank and version.numbers < _end(bound, given, operator)
    if operator == "!=":
        return (
            version != bound if given == 3 else not bound.numbers <= version.numbers < _end(bound, given, "")
        )
    if operator == ">":
        return version.rank > bound.rank if given == 3 else version.numbers >= _end(bound, given, "")
    if operator in (">=", "=>"):
        return version.rank >= bound.rank
    if operator == "<":
        return version.rank < bound.rank
    return version.rank <= bound.rank if given == 3 else version.numbers < _end(bound, given, "")


def _end(bound: Version, given: int, operator: str) -> tuple[int, int, int]:
    """The first version behind a wildcard, a tilde's or a caret's range."""
    major, minor, patch = bound.numbers
    if given == 1 or (operator == "^" and major):
        return major + 1, 0, 0
    if operator == "^" and not minor and given == 3:
        return 0, 0, patch + 1
    return major, minor + 1, 0
