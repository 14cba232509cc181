"""What yq 4's language has beside jq's: the operators of mikefarah/yq, pkg/yqlib/lexer_participle.go.

Which document it is and where a value stands in it are told by variables of the scope. Styles, comments,
anchors and other formats are no part of the values here, so they are refused.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from checkpoint.core.sim import yaml_text
from checkpoint.core.sim.commands.jq.functions import (
    JqError,
    Value,
    array_of,
    got,
    kind_of,
    order,
    put,
    truth,
)
from checkpoint.core.sim.commands.jq.language import Node
from checkpoint.core.sim.commands.jq.running import Runner
from checkpoint.core.sim.errors import SimError

_NOT_HERE = frozenset(
    (
        *("alias", "anchor", "comments", "style", "ref", "eval", "envsubst", "setpath", "shuffle", "tz"),
        *("line_comment", "lineComment", "head_comment", "headComment", "foot_comment", "footComment"),
        *("column", "line", "filename", "file_name", "fileName", "fi", "file_index", "fileIndex", "parents"),
        *(
            "load",
            "load_str",
            "load_props",
            "load_xml",
            "from_csv",
            "from_props",
            "from_xml",
            "to_csv",
            "to_tsv",
        ),
        *(
            "to_tsv",
            "to_props",
            "to_xml",
            "@csv",
            "@tsv",
            "@props",
            "@xml",
            "splitDoc",
            "split_doc",
            "with_dtf",
        ),
        *("sub", "capture", "match"),
    )
)
_OTHER_NAMES = {
    "documentIndex": "di",
    "document_index": "di",
    "type": "tag",
    "toEntries": "to_entries",
    "fromEntries": "from_entries",
    "withEntries": "with_entries",
    "sortKeys": "sort_keys",
    "upcase": "ascii_upcase",
    "downcase": "ascii_downcase",
    "to_json": "tojson",
    "from_json": "from_yaml",
    "to_yaml": "yaml",
    "@yaml": "yaml",
    "@yamld": "from_yaml",
    "@jsond": "from_yaml",
}
_SIGNS = (
    (r'\*=?[?+dnc]+(?=[\s.("$]|$)', "flags of `*`"),
    (r"\.\.\.", "`...`"),
    (r"\bireduce\b", "`ireduce`"),
)
_WHERE = ("path", "key", "parent")
_STAYING = ("select", "del", "with", "first")
"""Functions whose arguments are asked at the place of the whole."""
_TRAIL = "*trail"
_TAGS = {"object": "!!map", "array": "!!seq", "string": "!!str", "boolean": "!!bool", "null": "!!null"}


def readable(program: str) -> str:
    """A program in the grammar that jq and yq share: `.a.[0]` is `.a[0]` there.

    Raises SimError for what isn't simulated.
    """
    quoted = re.compile(r'"(?:[^"\\]|\\.)*"')
    bare = quoted.sub('""', program)
    for sign, what in _SIGNS:
        if re.search(sign, bare):
            raise SimError(f"simulator: yq's {what} is not simulated", 2)
    for name in re.findall(r"(?<![.\w$])([a-zA-Z_]+)\s*\|?=(?!=)", bare):
        if name in _NOT_HERE | {"tag"}:
            raise SimError(f"simulator: yq's `{name} =` is not simulated", 2)
    pieces = re.split(r'("(?:[^"\\]|\\.)*")', program)
    return "".join(one if one.startswith('"') else re.sub(r"(?<=[\w\])])\.\[", "[", one) for one in pieces)


class YqRunner(Runner):
    """A scope of a run of yq."""

    def _call(self, node: Node, value: Value) -> Iterator[Value]:
        if node.text in _NOT_HERE:
            raise SimError(f"simulator: yq's `{node.text}` is not simulated", 2)
        if node.text not in _STAYING and any(_asks(part) for part in node.parts):
            raise SimError(f"simulator: a place inside yq's `{node.text}` is not simulated", 2)
        name = _OTHER_NAMES.get(node.text, node.text)
        own = hasattr(self, f"_do_yq_{name}_{len(node.parts)}")
        called = Node("call", node.parts, f"yq_{name}" if own else name, at=node.at)
        yield from super()._call(called, value)

    def _index(self, node: Node, value: Value) -> Iterator[Value]:
        """Nothing is found below a scalar; a list has no keys."""
        for key in self.run(node.parts[1], value):
            for inside in self.run(node.parts[0], value):
                if isinstance(inside, list) and isinstance(key, str):
                    why = f'strconv.ParseInt: parsing "{key}": invalid syntax'
                    raise JqError(f"cannot index array with '{key}' ({why})")
                if inside is None or isinstance(inside, list | dict):
                    yield self.at(inside, key)

    def _each(self, node: Node, value: Value) -> Iterator[Value]:
        for inside in self.run(node.parts[0], value):
            for one in inside.values() if isinstance(inside, dict) else inside or ():
                self.budget.step()
                yield one

    def _pipe(self, node: Node, value: Value) -> Iterator[Value]:
        """A step that asks where it stands is told its path."""
        if not _asks(node.parts[1]):
            yield from super()._pipe(node, value)
            return
        for path in list(self._reached(node.parts[0], value)):
            yield from self._at(path, value).run(node.parts[1], got(value, path))

    def paths(self, node: Node, value: Value) -> Iterator[tuple[Any, ...]]:
        if node.kind != "pipe" or not _asks(node.parts[1]):
            yield from super().paths(node, value)
            return
        for path in list(self._reached(node.parts[0], value)):
            for rest in self._at(path, value).paths(node.parts[1], got(value, path)):
                yield (*path, *rest)

    def _reached(self, node: Node, value: Value) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self.paths(node, value)
        except JqError:
            raise SimError("simulator: yq's place of a value that was made is not simulated", 2) from None

    def _at(self, path: tuple[Any, ...], value: Value) -> Runner:
        """The scope of a step that is further inside by a path."""
        trail = (*self.named.get(_TRAIL, ()), *path)
        return self.within({_TRAIL: trail, "*root": self.named.get("*root", value)})

    def combined(self, sign: str, left: Value, right: Value) -> Value:
        """Texts are compared with a pattern of `*` and `?`."""
        if sign in ("==", "!=") and isinstance(left, str) and isinstance(right, str):
            self.budget.step(1 + len(left) * (1 + right.count("*") * len(right)) // 50)
            return _fits(left, right) == (sign == "==")
        return super().combined(sign, left, right)

    def _do_yq_path_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield list(self.named.get(_TRAIL, ()))

    def _do_yq_key_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield from self.named.get(_TRAIL, ())[-1:]

    def _do_yq_parent_0(self, node: Node, value: Value) -> Iterator[Value]:
        trail = self.named.get(_TRAIL, ())
        if trail:
            yield got(self.named["*root"], trail[:-1])

    def _do_yq_di_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield self.named.get("*document", 0)

    def _do_yq_tag_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield _TAGS.get(kind_of(value)) or ("!!int" if isinstance(value, int) else "!!float")

    def _do_yq_kind_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield {"object": "map", "array": "seq"}.get(kind_of(value), "scalar")

    def _do_yq_keys_0(self, node: Node, value: Value) -> Iterator[Value]:
        if not isinstance(value, list | dict):
            raise JqError(f"keys is only supported on maps and arrays, not {kind_of(value)}")
        yield list(value) if isinstance(value, dict) else list(range(len(value)))

    def _do_yq_unique_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield list({order(one): one for one in reversed(array_of(value))}.values())[::-1]

    def _do_yq_explode_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield value  # without aliases there is nothing to write out

    def _do_yq_env_1(self, node: Node, value: Value) -> Iterator[Value]:
        name = node.parts[0].text
        text = self.source.environment.get(name, "")
        if not text:
            raise JqError(f"value for env variable '{name}' not provided in env()")
        yield from yaml_text.documents(text)[:1] or [None]

    def _do_yq_strenv_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield self.source.environment.get(node.parts[0].text, "")

    def _do_yq_with_2(self, node: Node, value: Value) -> Iterator[Value]:
        yield from self.run(Node("update", node.parts, "|="), value)

    def _do_yq_filter_1(self, node: Node, value: Value) -> Iterator[Value]:
        yield [one for one in array_of(value) if any(truth(found) for found in self.run(node.parts[0], one))]

    def _do_yq_pick_1(self, node: Node, value: Value) -> Iterator[Value]:
        for names in self.run(node.parts[0], value):
            yield {name: value[name] for name in names if name in value}

    def _do_yq_omit_1(self, node: Node, value: Value) -> Iterator[Value]:
        for names in self.run(node.parts[0], value):
            yield {name: one for name, one in value.items() if name not in names}

    def _do_yq_sort_keys_1(self, node: Node, value: Value) -> Iterator[Value]:
        for path in list(self.paths(node.parts[0], value)):
            held = got(value, path)
            if isinstance(held, dict):
                value = self.made(put(value, path, {key: held[key] for key in sorted(held)}))
        yield value

    def _do_yq_from_yaml_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield from yaml_text.documents(str(value))[:1] or [None]

    def _do_yq_tojson_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield json.dumps(value, indent=2, ensure_ascii=False) + "\n"

    def _do_yq_yaml_0(self, node: Node, value: Value) -> Iterator[Value]:
        yield yaml_text.dumped(value)

    def _do_yq_trim_0(self, node: Node, value: Value) -> Iterator[Value]:
        if not isinstance(value, str):
            raise JqError(f"cannot trim {kind_of(value)}, can only operate on strings.")
        yield value.strip()


def _asks(node: Node) -> bool:
    """Whether a step asks where it stands."""
    own = node.kind == "call" and node.text in _WHERE and not node.parts
    return own or any(_asks(part) for part in node.parts)


def _fits(text: str, pattern: str) -> bool:
    """Whether a text is as a pattern says, tried again only from its last star on."""
    at = place = 0
    star = held = -1
    while at < len(text):
        if place < len(pattern) and pattern[place] == "*":
            star, held, place = place, at, place + 1
        elif place < len(pattern) and pattern[place] in ("?", text[at]):
            at, place = at + 1, place + 1
        elif star >= 0:
            held += 1
            at, place = held, star + 1
        else:
            return False
    return not pattern[place:].strip("*")
