"""`.gitignore`: which files git doesn't look at."""

from dataclasses import dataclass
from functools import lru_cache

from checkpoint.core.sim import expressions
from checkpoint.core.sim.parts.files import File, Files, decoded

_NOTHING = r"[^\s\S]"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of an ignore file. `source` and `line` name it, `base` is the folder it stands in."""

    source: str
    line: int
    text: str
    base: str
    negated: bool
    folders_only: bool
    expression: str

    def fits(self, path: str, folder: bool) -> bool:
        if self.folders_only and not folder:
            return False
        if self.base and not path.startswith(self.base + "/"):
            return False
        inner = path[len(self.base) + 1 :] if self.base else path
        return expressions.compiled(self.expression).fullmatch(inner) is not None


@lru_cache(maxsize=256)
def rules_of(text: str, source: str, base: str) -> tuple[Rule, ...]:
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        pattern = line.rstrip()
        if not pattern or pattern.startswith("#"):
            continue
        negated = pattern.startswith("!")
        pattern = pattern[negated:]
        folders = pattern.endswith("/")
        bare = pattern.rstrip("/")
        anchored = "/" in bare
        bare = bare.lstrip("/")
        made = _expression(bare)
        if not anchored:
            made = f"(?:.*/)?{made}"
        found.append(Rule(source, number, line.rstrip(), base, negated, folders, made))
    return tuple(found)


def _expression(pattern: str) -> str:
    out, at = [], 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            out.append("(?:.*/)?")
            at += 3
        elif pattern.startswith("/**", at) and at + 3 == len(pattern):
            out.append("/.*")
            at += 3
        elif pattern[at] == "*":
            out.append("[^/]*")
            at += 1
        elif pattern[at] == "?":
            out.append("[^/]")
            at += 1
        elif pattern[at] == "[" and "]" in pattern[at + 1 :]:
            end = pattern.index("]", at + 1)
            out.append(pattern[at : end + 1].replace("[!", "[^").replace("\\", "\\\\"))
            at = end + 1
        else:
            at += pattern[at] == "\\" and at + 1 < len(pattern)
            out.append(expressions.escaped(pattern[at]))
            at += 1
    return "".join(out)


@lru_cache(maxsize=256)
def _any_of(rules: tuple[Rule, ...]) -> expressions.Expression | None:
    """What matches wherever one of them may fit: most paths are settled by one look.

    None where they are too many.
    """
    whole = "|".join(f"(?:{_whole(rule)})" for rule in rules)
    try:
        return expressions.compiled(whole or _NOTHING)
    except expressions.BadExpression:
        return None


def _whole(rule: Rule) -> str:
    return f"{expressions.escaped(rule.base)}/{rule.expression}" if rule.base else rule.expression


class Ignored:
    """The ignore rules of a working tree as it stands. What was found out about a folder is remembered."""

    def __init__(self, files: Files, top: str, exclude: str = "", everywhere: str = "") -> None:
        self.files, self.top = files, top
        self.general = (
            *rules_of(everywhere, "~/.config/git/ignore", ""),
            *rules_of(exclude, ".git/info/exclude", ""),
        )
        self._within: dict[str, tuple[Rule, ...]] = {}
        self._folders: dict[str, Rule | None] = {}

    def rules(self, folder: str) -> tuple[Rule, ...]:
        """The rules of a folder's own file."""
        name = f"{folder}/.gitignore" if folder else ".gitignore"
        node = self.files.get(f"{self.top}/{name}")
        return rules_of(decoded(node.data), name, folder) if isinstance(node, File) else ()

    def rule_for(self, path: str, folder: bool) -> Rule | None:
        """The rule that decides about a path, the last one that fits; a parent's decision comes first."""
        parts = path.split("/")
        for end in range(1, len(parts)):
            rule = self._folder("/".join(parts[:end]))
            if rule and not rule.negated:
                return rule
        return self._own(path, folder)

    def _folder(self, path: str) -> Rule | None:
        if path not in self._folders:
            self._folders[path] = self._own(path, True)
        return self._folders[path]

    def _own(self, path: str, folder: bool) -> Rule | None:
        rules = self._rules_within(path.rpartition("/")[0])
        any_of = _any_of(rules)
        if any_of is not None and not any_of.fullmatch(path):
            return None
        return next((rule for rule in reversed(rules) if rule.fits(path, folder)), None)

    def _rules_within(self, folder: str) -> tuple[Rule, ...]:
        """All that can decide about what lies in a folder, the weakest first."""
        if folder not in self._within:
            above = self._rules_within(folder.rpartition("/")[0]) if folder else self.general
            self._within[folder] = (*above, *self.rules(folder))
        return self._within[folder]

    def ignores(self, path: str, folder: bool) -> bool:
        rule = self.rule_for(path, folder)
        return rule is not None and not rule.negated
