"""`.gitignore`: which files git doesn't look at."""

from dataclasses import dataclass
from functools import lru_cache

from checkpoint.core.sim import expressions
from checkpoint.core.sim.parts.files import File, Files, decoded


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


class Ignored:
    """The ignore rules of a working tree."""

    def __init__(self, files: Files, top: str, exclude: str = "", everywhere: str = "") -> None:
        self.files, self.top = files, top
        self.general = (
            *rules_of(everywhere, "~/.config/git/ignore", ""),
            *rules_of(exclude, ".git/info/exclude", ""),
        )

    def rules(self, folder: str) -> tuple[Rule, ...]:
        """The rules of a folder's own file."""
        name = f"{folder}/.gitignore" if folder else ".gitignore"
        node = self.files.get(f"{self.top}/{name}")
        return rules_of(decoded(node.data), name, folder) if isinstance(node, File) else ()

    def rule_for(self, path: str, folder: bool) -> Rule | None:
        """The rule that decides about a path, the last one that fits; a parent's decision comes first."""
        parts = path.split("/")
        for end in range(1, len(parts)):
            rule = self._own("/".join(parts[:end]), True)
            if rule and not rule.negated:
                return rule
        return self._own(path, folder)

    def _own(self, path: str, folder: bool) -> Rule | None:
        above = path.split("/")[:-1]
        rules = list(self.general)
        for end in range(len(above) + 1):
            rules += self.rules("/".join(above[:end]))
        fitting = [rule for rule in rules if rule.fits(path, folder)]
        return fitting[-1] if fitting else None

    def ignores(self, path: str, folder: bool) -> bool:
        rule = self.rule_for(path, folder)
        return rule is not None and not rule.negated
