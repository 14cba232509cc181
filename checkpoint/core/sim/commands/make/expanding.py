"""References of a Makefile to text: variables, substitutions and functions, as GNU Make 4.3 reads them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, Told
from checkpoint.core.sim.table import NotSimulated

_DEEPEST = 60


@dataclass(slots=True)
class Scope:
    """Variables, and what functions need of the world: a shell, files of a pattern, a place to say things."""

    variables: dict[str, str] = field(default_factory=dict)
    shell: Callable[[str], str] = lambda command: ""
    wildcard: Callable[[str], list[str]] = lambda pattern: []
    say: Callable[[str, str], None] = lambda kind, text: None
    """(info or warning, text)"""
    where: str = ""
    places: dict[str, str] = field(default_factory=dict)
    """Where each variable was set last."""
    open: tuple[str, ...] = ()
    """The variables whose values are being expanded."""
    """`Makefile:3`, the line that is read."""

    def within(self, given: dict[str, str]) -> "Scope":
        """The same with further variables, a rule's own or a loop's."""
        return replace(self, variables={**self.variables, **given})

    def value(self, name: str, depth: int) -> str:
        """A variable expanded; Told where it needs itself."""
        if name in self.open:
            where = self.places.get(name, self.where)
            why = f"Recursive variable '{name}' references itself (eventually)"
            raise Told(f"{where}: *** {why}.  Stop.", 2)
        text = self.variables.get(name, "")
        return expanded(text, replace(self, open=(*self.open, name)), depth + 1) if "$" in text else text


def expanded(text: str, scope: Scope, depth: int = 0) -> str:
    """With every reference replaced; `$$` stands for a dollar."""
    if depth > _DEEPEST:
        raise Exhausted(f"references of a Makefile nest at most {_DEEPEST} levels")
    if "$" not in text:
        return text
    out: list[str] = []
    place = size = 0
    while place < len(text):
        char = text[place]
        if char != "$" or place + 1 >= len(text):
            piece, place = char, place + 1
        elif text[place + 1] == "$":
            piece, place = "$", place + 2
        elif text[place + 1] in "({":
            end = _closing(text, place + 1, scope)
            piece, place = _reference(text[place + 2 : end], scope, depth), end + 1
        else:
            piece, place = scope.value(text[place + 1], depth), place + 2
        size += len(piece)
        if size > limits.VALUE:
            raise Exhausted(f"a text of a Makefile has at most {limits.VALUE // 1024} KB")
        out.append(piece)
    limits.spend(1 + size // 50)
    return "".join(out)


def _closing(text: str, start: int, scope: Scope) -> int:
    opens, closes = text[start], {"(": ")", "{": "}"}[text[start]]
    level = 0
    for place in range(start, len(text)):
        level += (text[place] == opens) - (text[place] == closes)
        if not level:
            return place
    raise Told(f"{scope.where}: *** unterminated variable reference.  Stop.", 2)


def arguments(text: str) -> list[str]:
    """Cut at commas that stand in no brackets."""
    found, level, start = [], 0, 0
    for place, char in enumerate(text):
        level += (char in "({") - (char in ")}")
        if char == "," and level <= 0:
            found.append(text[start:place])
            start = place + 1
    return [*found, text[start:]]


def fitted(pattern: str, word: str) -> str | None:
    """What `%` stands for where a word fits a pattern; None where it doesn't."""
    before, percent, after = pattern.partition("%")
    if not percent:
        return "" if word == pattern else None
    if len(word) < len(before) + len(after) or not word.startswith(before) or not word.endswith(after):
        return None
    return word[len(before) : len(word) - len(after)]


def replaced(pattern: str, made: str, word: str) -> str:
    stem = fitted(pattern, word)
    return word if stem is None else made.replace("%", stem, 1)


def _folder(word: str) -> str:
    return word.rpartition("/")[0] + "/" if "/" in word else "./"


def _stem(word: str) -> str:
    folder, slash, name = word.rpartition("/")
    return folder + slash + (name.rpartition(".")[0] if "." in name else name)


def _suffix(word: str) -> str:
    name = word.rpartition("/")[2]
    return "." + name.rpartition(".")[2] if "." in name else ""


def _nth(given: list[str]) -> str:
    words = given[1].split()
    return (
        words[int(given[0]) - 1] if given[0].strip().isdecimal() and 0 < int(given[0]) <= len(words) else ""
    )


def _some(given: list[str]) -> str:
    words = given[2].split()
    first, last = (int(one) if one.strip().isdecimal() else 1 for one in given[:2])
    return " ".join(words[max(0, first - 1) : last])


def _filtered(given: list[str], *, kept: bool) -> str:
    wanted = given[0].split()
    return " ".join(
        word for word in given[1].split() if any(fitted(one, word) is not None for one in wanted) == kept
    )


def _joined(given: list[str]) -> str:
    left, right = given[0].split(), given[1].split()
    longest = max(len(left), len(right))
    left += [""] * (longest - len(left))
    right += [""] * (longest - len(right))
    return " ".join(a + b for a, b in zip(left, right, strict=True))


_PLAIN: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "strip": (1, lambda given: " ".join(given[0].split())),
    "subst": (3, lambda given: given[2].replace(given[0], given[1]) if given[0] else given[2] + given[1]),
    "patsubst": (
        3,
        lambda given: " ".join(replaced(given[0].strip(), given[1].strip(), w) for w in given[2].split()),
    ),
    "findstring": (2, lambda given: given[0] if given[0] in given[1] else ""),
    "filter": (2, lambda given: _filtered(given, kept=True)),
    "filter-out": (2, lambda given: _filtered(given, kept=False)),
    "sort": (1, lambda given: " ".join(sorted(set(given[0].split())))),
    "word": (2, _nth),
    "wordlist": (3, _some),
    "words": (1, lambda given: str(len(given[0].split()))),
    "firstword": (1, lambda given: (given[0].split() or [""])[0]),
    "lastword": (1, lambda given: (given[0].split() or [""])[-1]),
    "dir": (1, lambda given: " ".join(map(_folder, given[0].split()))),
    "notdir": (1, lambda given: " ".join(word.rpartition("/")[2] for word in given[0].split())),
    "suffix": (1, lambda given: " ".join(filter(None, map(_suffix, given[0].split())))),
    "basename": (1, lambda given: " ".join(map(_stem, given[0].split()))),
    "addprefix": (2, lambda given: " ".join(given[0] + word for word in given[1].split())),
    "addsuffix": (2, lambda given: " ".join(word + given[0] for word in given[1].split())),
    "join": (2, _joined),
}
"""Functions of their expanded arguments alone, with how many they take."""
_FURTHER = (
    "shell",
    "wildcard",
    "if",
    "or",
    "and",
    "foreach",
    "call",
    "info",
    "warning",
    "error",
    "value",
    "origin",
)
_ABSENT = ("eval", "file", "guile", "flavor", "abspath", "realpath", "intcmp", "let")


def _reference(inner: str, scope: Scope, depth: int) -> str:
    word, blank, rest = inner.partition(" ")
    if not blank:
        word, blank, rest = inner.partition("\t")
    if blank and (word in _PLAIN or word in _FURTHER):
        return _called(word, arguments(rest.lstrip()), scope, depth)
    if blank and word in _ABSENT:
        raise NotSimulated(f"make's $({word} …)")
    name = expanded(inner, scope, depth + 1)
    plain, colon, change = name.partition(":")
    if colon and "=" in change:
        old, _, new = change.partition("=")
        if "%" not in old:
            old, new = "%" + old, "%" + new
        value = scope.value(plain, depth)
        return " ".join(replaced(old, new, word) for word in value.split())
    if len(name) == 2 and name[1] in "DF" and name[0] in "@<^?*":
        words = scope.variables.get(name[0], "").split()
        parts = [_folder(one).rstrip("/") if name[1] == "D" else one.rpartition("/")[2] for one in words]
        return " ".join(parts)
    return scope.value(name, depth)


def _called(word: str, given: list[str], scope: Scope, depth: int) -> str:
    if word in _PLAIN:
        count, run = _PLAIN[word]
        if len(given) < count:
            raise Told(
                f"{scope.where}: *** insufficient number of arguments ({len(given)}) "
                f"to function '{word}'.  Stop.",
                2,
            )
        given = [*given[: count - 1], ",".join(given[count - 1 :])]
        return run([expanded(one, scope, depth + 1) for one in given])
    if word in ("if", "or", "and"):
        return _chosen(word, given, scope, depth)
    if word == "foreach":
        name = expanded(given[0], scope, depth + 1).strip()
        words = expanded(given[1] if len(given) > 1 else "", scope, depth + 1).split()
        body = ",".join(given[2:])
        return " ".join(
            expanded(body, scope.within({name: one.replace("$", "$$")}), depth + 1) for one in words
        )
    if word == "call":
        values = [expanded(one, scope, depth + 1) for one in given]
        numbered = {str(number): one.replace("$", "$$") for number, one in enumerate(values)}
        return expanded(scope.variables.get(values[0].strip(), ""), scope.within(numbered), depth + 1)
    return _outward(word, expanded(",".join(given), scope, depth + 1), scope)


def _chosen(word: str, given: list[str], scope: Scope, depth: int) -> str:
    """`if`, `or` and `and`, which expand only what they need."""
    if word == "if":
        asked = expanded(given[0].strip(), scope, depth + 1)
        return expanded(
            (given[1:2] if asked else [",".join(given[2:])])[0] if given[1:] else "", scope, depth + 1
        )
    made = ""
    for one in given:
        made = expanded(one.strip(), scope, depth + 1)
        if bool(made) == (word == "or"):
            break
    return made


def _outward(word: str, text: str, scope: Scope) -> str:
    """Functions that look at the world or say something."""
    if word == "shell":
        return " ".join(scope.shell(text).rstrip("\n").split("\n"))
    if word == "wildcard":
        return " ".join(path for pattern in text.split() for path in scope.wildcard(pattern))
    if word == "value":
        return scope.variables.get(text.strip(), "")
    if word == "origin":
        return "file" if text.strip() in scope.variables else "undefined"
    if word == "error":
        raise Told(f"{scope.where}: *** {text}.  Stop.", 2)
    scope.say(word, text if word == "info" else f"{scope.where}: {text}")
    return ""
