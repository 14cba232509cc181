"""A Makefile read: variables, conditions, rules, recipes. What isn't read says so by name."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from checkpoint.core.sim import limits
from checkpoint.core.sim.commands.make.expanding import Scope, arguments, expanded, fitted
from checkpoint.core.sim.errors import Exhausted, Told
from checkpoint.core.sim.table import NotSimulated

_ASSIGNMENT = re.compile(
    r"(?:(?:export|override|private)\s+)*([\w.%/-]+)\s*(\?=|:=|::=|\+=|!=|=)\s*(.*)", re.DOTALL
)
_CONDITIONS = ("ifeq", "ifneq", "ifdef", "ifndef")
_INCLUDES = ("include", "-include", "sinclude")
_DEEPEST = 10
"""Files that include each other."""


@dataclass(slots=True)
class Rule:
    """`recipe` holds each line with where it stands; `own` are the target's own variables."""

    target: str
    needs: list[str] = field(default_factory=list)
    order_only: list[str] = field(default_factory=list)
    recipe: list[tuple[str, str]] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    stem: str = ""


@dataclass(slots=True)
class Makefile:
    name: str
    scope: Scope = field(default_factory=Scope)
    rules: dict[str, Rule] = field(default_factory=dict)
    patterns: list[Rule] = field(default_factory=list)
    phony: set[str] = field(default_factory=set)
    exported: set[str] = field(default_factory=set)
    first: str = ""

    @property
    def variables(self) -> dict[str, str]:
        return self.scope.variables

    def rule_for(self, target: str, there: Callable[[str], bool]) -> Rule | None:
        """The rule of a target; a pattern's where it has no recipe and the pattern's needs can be had."""
        own = self.rules.get(target)
        if own is not None and own.recipe:
            return own
        for rule in self.patterns:
            stem = fitted(rule.target, target)
            if not stem and (stem is None or "%" in rule.target):
                continue
            needs = [need.replace("%", stem) for need in rule.needs]
            if all(there(need) or need in self.rules for need in needs):
                further = own.needs if own else []
                return Rule(
                    target, [*needs, *further], rule.order_only, rule.recipe, own.own if own else {}, stem
                )
        return own


def parsed(
    text: str, name: str, given: dict[str, str], scope: Scope, read: Callable[[str], str | None]
) -> Makefile:
    """`given` are the command line's variables, which win. `read` gives a file's text, None for none."""
    made = Makefile(name, scope)
    scope.variables.update(given)
    _Reader(made, given, read).file(text, name, 0)
    return made


class _Reader:
    def __init__(self, made: Makefile, given: dict[str, str], read: Callable[[str], str | None]) -> None:
        self.made, self.given, self.read = made, given, read
        self.current: list[Rule] = []
        self.asked: list[tuple[bool, bool]] = []
        """For each condition around: whether its part is read now, and whether one of its parts was."""

    def file(self, text: str, name: str, depth: int) -> None:
        limits.spend(len(text))
        if depth > _DEEPEST:
            raise Exhausted(f"at most {_DEEPEST} makefiles include each other")
        lines = iter(_lines(text))
        outside = len(self.asked)
        for number, line in lines:
            self.made.scope.where = f"{name}:{number}"
            if line.startswith("\t") and (self.current or not line.strip()) and self.reading():
                for rule in self.current:
                    rule.recipe.append((self.made.scope.where, line[1:]))
                continue
            bare = _without_comment(line).strip()
            if not bare or self.condition(bare) or not self.reading():
                continue
            if line.startswith("\t"):
                raise self.wrong("recipe commences before first target")
            word = bare.split()[0]
            if word == "define":
                self.define(bare, lines)
            elif word in _INCLUDES:
                self.include(word, bare, depth)
            else:
                self.statement(bare)
        if len(self.asked) > outside:
            raise self.wrong("missing 'endif'")

    def wrong(self, what: str) -> Told:
        return Told(f"{self.made.scope.where}: *** {what}.  Stop.", 2)

    def reading(self) -> bool:
        return all(now for now, _ in self.asked)

    # --- conditions ------------------------------------------------------------

    def condition(self, bare: str) -> bool:
        """Whether the line is one of a condition, which is then taken in."""
        word, _, rest = bare.partition(" ")
        if word.startswith(("ifeq(", "ifneq(")):
            raise self.wrong("missing separator")
        if word in _CONDITIONS:
            holds = self.reading() and self.holds(word, rest.strip())
            self.asked.append((holds, holds))
        elif word == "endif":
            if not self.asked:
                raise self.wrong("extraneous 'endif'")
            self.asked.pop()
        elif word == "else":
            if not self.asked:
                raise self.wrong("extraneous 'else'")
            _, before = self.asked.pop()
            following, _, behind = rest.strip().partition(" ")
            holds = not before and self.reading()
            if following in _CONDITIONS:
                holds = holds and self.holds(following, behind.strip())
            self.asked.append((holds, before or holds))
        else:
            return False
        return True

    def holds(self, word: str, rest: str) -> bool:
        scope = self.made.scope
        if word in ("ifdef", "ifndef"):
            return bool(scope.variables.get(expanded(rest, scope).strip())) == (word == "ifdef")
        if rest.startswith("(") and rest.endswith(")"):
            sides = arguments(rest[1:-1])
            sides = [sides[0].strip(), ",".join(sides[1:]).strip()]
        else:
            match = re.fullmatch(r"""(?:"([^"]*)"|'([^']*)')\s*(?:"([^"]*)"|'([^']*)')""", rest)
            if not match:
                raise self.wrong("invalid syntax in conditional")
            sides = [match[1] or match[2] or "", match[3] or match[4] or ""]
        left, right = (expanded(side, scope) for side in sides)
        return (left == right) == (word == "ifeq")

    # --- statements ------------------------------------------------------------

    def define(self, bare: str, lines: "object") -> None:
        name = bare.split(None, 1)[1].rstrip("=:?+ ") if len(bare.split()) > 1 else ""
        held: list[str] = []
        for _, line in lines:  # type: ignore[attr-defined]
            if line.strip() == "endef":
                if name not in self.given:
                    self.made.variables[name] = "\n".join(held)
                return
            held.append(line)
        raise self.wrong("missing 'endef', unterminated 'define'")

    def include(self, word: str, bare: str, depth: int) -> None:
        where = self.made.scope.where
        for path in expanded(bare.partition(" ")[2], self.made.scope).split():
            text = self.read(path)
            if text is None:
                if word == "include":
                    told = f"{where}: {path}: No such file or directory\n"
                    raise Told(f"{told}make: *** No rule to make target '{path}'.  Stop.", 2)
                continue
            self.file(text, path, depth + 1)
        self.current = []

    def statement(self, bare: str) -> None:
        scope = self.made.scope
        assignment = _ASSIGNMENT.fullmatch(bare)
        if assignment:
            if bare.startswith("export"):
                self.made.exported.add(assignment[1])
            self.assign(scope.variables, assignment[1], assignment[2], assignment[3])
            self.current = []
            return
        word, _, rest = bare.partition(" ")
        if word in ("export", "unexport", "vpath", "undefine"):
            if word in ("vpath", "undefine"):
                raise NotSimulated(f"make's {word}")
            self.made.exported |= set(expanded(rest, scope).split()) if word == "export" else set()
            self.current = []
            return
        self.rule(bare)

    def rule(self, bare: str) -> None:
        scope = self.made.scope
        targets, colon, behind = _split_rule(bare)
        if not colon:
            if not expanded(bare, scope).strip():
                return
            tab = " (did you mean TAB instead of 8 spaces?)" if bare.startswith(" " * 8) else ""
            raise self.wrong(f"missing separator{tab}")
        if behind.startswith(":") and not behind.startswith(":="):
            raise NotSimulated("make's double-colon rules")
        names = expanded(targets, scope).split()
        own = _ASSIGNMENT.fullmatch(behind.strip())
        if own:
            for name in names:
                rule = self.made.rules.setdefault(name, Rule(name))
                self.assign(rule.own, own[1], own[2], own[3])
            self.current = []
            return
        needs, _, inline = behind.partition(";")
        plain, _, ordered = expanded(needs, scope).partition("|")
        self.current = self.rules(names, plain.split(), ordered.split())
        for one in self.current if inline.strip() else ():
            one.recipe.append((scope.where, inline.strip()))

    def rules(self, targets: list[str], needs: list[str], ordered: list[str]) -> list[Rule]:
        made, rules = self.made, []
        if len(needs) and "%" in " ".join(needs) and not any("%" in target for target in targets):
            raise NotSimulated("make's static pattern rules")
        for target in targets:
            if target == ".PHONY":
                made.phony |= set(needs)
                continue
            if target == ".ONESHELL":
                raise NotSimulated("make's .ONESHELL")
            if target.startswith(".") and "/" not in target and target.isupper():
                continue
            if "%" in target:
                rule = Rule(target)
                made.patterns.append(rule)
            else:
                rule = made.rules.setdefault(target, Rule(target))
                made.first = made.first or ("" if target.startswith(".") else target)
            rule.needs += needs
            rule.order_only += ordered
            rules.append(rule)
        return rules

    def assign(self, variables: dict[str, str], name: str, operator: str, value: str) -> None:
        scope = self.made.scope
        known = {**scope.variables, **variables}
        if name in self.given or (operator == "?=" and name in known):
            return
        if operator in (":=", "::="):
            value = expanded(value, scope).replace("$", "$$")
        elif operator == "!=":
            value = scope.shell(expanded(value, scope)).rstrip("\n").replace("\n", " ").replace("$", "$$")
        elif operator == "+=" and known.get(name):
            value = f"{known[name]} {value}"
        variables[name] = value
        scope.places[name] = scope.where


def _split_rule(bare: str) -> tuple[str, str, str]:
    """Cut at the first colon that stands in no reference."""
    level = 0
    for place, char in enumerate(bare):
        level += (char in "({") - (char in ")}")
        if char == ":" and level <= 0:
            return bare[:place], ":", bare[place + 1 :]
    return bare, "", ""


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
