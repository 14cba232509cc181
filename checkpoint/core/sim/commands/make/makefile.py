"""A Makefile read: variables, rules, recipes. What isn't read says so by name."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.table import NotSimulated

_ASSIGNMENT = re.compile(r"(?:export\s+|override\s+)?([\w.-]+)\s*(\?=|:=|::=|\+=|=)\s*(.*)")
_CONDITIONS = ("ifeq", "ifneq", "ifdef", "ifndef", "else", "endif", "define", "endef", "include", "-include")
_DEPTH = 20


@dataclass(slots=True)
class Rule:
    """`line` is where each line of the recipe stands."""

    target: str
    needs: list[str] = field(default_factory=list)
    recipe: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Makefile:
    name: str
    variables: dict[str, str] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    phony: set[str] = field(default_factory=set)
    first: str = ""


def parsed(text: str, name: str, given: dict[str, str], environment: dict[str, str]) -> Makefile:
    """`given` are variables of the command line, which win; the environment's lose."""
    limits.spend(len(text))
    made = Makefile(name, {**environment, **given})
    current: list[Rule] = []
    for number, line in _lines(text):
        if line.startswith("\t"):
            if not current and line.strip():
                raise Told(f"{name}:{number}: *** recipe commences before first target.  Stop.", 2)
            for rule in current:
                rule.recipe.append((number, line[1:]))
            continue
        bare = _without_comment(line).strip()
        if bare:
            current = _statement(made, bare, number, given, current)
    return made


def _lines(text: str) -> list[tuple[int, str]]:
    """Joined where a backslash ends one; each with the number of its first line."""
    found: list[tuple[int, str]] = []
    held, start = "", 0
    for number, line in enumerate(text.split("\n"), start=1):
        start = start or number
        if line.endswith("\\"):
            held += line + "\n"
            continue
        whole = held + line
        if not whole.startswith("\t"):
            whole = re.sub(r"\s*\\\n\s*", " ", whole)
        found.append((start, whole))
        held, start = "", 0
    return found


def _without_comment(line: str) -> str:
    return re.split(r"(?<!\\)#", line, maxsplit=1)[0]


def _statement(
    made: Makefile, bare: str, number: int, given: dict[str, str], current: list[Rule]
) -> list[Rule]:
    word = bare.split()[0]
    if word in _CONDITIONS:
        raise NotSimulated(f"make's {word}")
    assignment = _ASSIGNMENT.fullmatch(bare)
    if assignment:
        _assign(made, assignment[1], assignment[2], assignment[3], given)
        return []
    if word == "export":
        return []
    targets, colon, needs = bare.partition(":")
    if not colon:
        raise Told(f"{made.name}:{number}: *** missing separator.  Stop.", 2)
    if "%" in targets:
        raise NotSimulated("make's pattern rules")
    needs, _, inline = needs.removeprefix(":").partition(";")
    wanted = expanded(needs, made.variables).replace("|", " ").split()
    return _rules(made, expanded(targets, made.variables).split(), wanted, number, inline.strip())


def _rules(made: Makefile, targets: list[str], needs: list[str], number: int, inline: str) -> list[Rule]:
    rules = []
    for target in targets:
        if target == ".PHONY":
            made.phony |= set(needs)
            continue
        if target.startswith(".") and "/" not in target and target.isupper():
            continue
        rule = made.rules.setdefault(target, Rule(target))
        rule.needs += needs
        rule.recipe += [(number, inline)] if inline else []
        made.first = made.first or target
        rules.append(rule)
    return rules


def _assign(made: Makefile, name: str, operator: str, value: str, given: dict[str, str]) -> None:
    if name in given or (operator == "?=" and name in made.variables):
        return
    if operator in (":=", "::="):
        value = expanded(value, made.variables)
    elif operator == "+=" and made.variables.get(name):
        value = f"{made.variables[name]} {value}"
    made.variables[name] = value


def expanded(text: str, variables: dict[str, str], depth: int = 0) -> str:
    """With every reference replaced; `$$` stands for a dollar."""
    if depth > _DEPTH:
        raise Told("*** Recursive variable references itself (eventually).  Stop.", 2)
    out, place = [], 0
    while place < len(text):
        char = text[place]
        if char != "$" or place + 1 >= len(text):
            out.append(char)
            place += 1
            continue
        follower = text[place + 1]
        if follower == "$":
            out.append("$")
            place += 2
        elif follower in "({":
            end = _closing(text, place + 1)
            out.append(_reference(text[place + 2 : end], variables, depth))
            place = end + 1
        else:
            out.append(expanded(variables.get(follower, ""), variables, depth + 1))
            place += 2
    return "".join(out)


def _closing(text: str, start: int) -> int:
    opens, closes = text[start], {"(": ")", "{": "}"}[text[start]]
    level = 0
    for place in range(start, len(text)):
        level += (text[place] == opens) - (text[place] == closes)
        if not level:
            return place
    raise Told("*** unterminated variable reference.  Stop.", 2)


_FUNCTIONS: dict[str, Callable[[list[str]], str]] = {
    "strip": lambda given: " ".join(given[0].split()),
    "or": lambda given: next((one.strip() for one in given if one.strip()), ""),
    "if": lambda given: given[1] if given[0].strip() and len(given) > 1 else "".join(given[2:3]),
}


def _reference(inner: str, variables: dict[str, str], depth: int) -> str:
    word, blank, rest = inner.partition(" ")
    if blank:
        if word not in _FUNCTIONS:
            raise NotSimulated(f"make's $({word} …)")
        return _FUNCTIONS[word]([expanded(one, variables, depth + 1) for one in rest.split(",")])
    if ":" in inner:
        raise NotSimulated(f"make's $({inner})")
    return expanded(variables.get(inner, ""), variables, depth + 1)
