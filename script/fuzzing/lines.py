"""Lines for the fuzzer: calls of tools, shell grammar around them, mutated recordings, hostile input."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.table import Command
from checkpoint.core.sim.world import World
from script.fuzzing.words import COMMON, ODD, PATTERNS, call, names_in, operand

RECORDINGS = Path(__file__).parents[2] / "tests" / "fidelity" / "recordings"
RECORDED = [json.loads(line) for line in (RECORDINGS / "open.jsonl").read_text().splitlines()]

_FRAMES = (
    "{a} | {b}",
    "{a} && {b}",
    "{a} || {b}; {c}",
    "({a}; {b}) > out",
    "{{ {a}; }} 2>&1 | {b}",
    "for x in {w} {w} {w}; do {a}; done",
    "while read -r x y; do {a}; done < {w}",
    "if {a}; then {b}; else {c}; fi",
    "case {w} in {w}) {a};; *) {b};; esac",
    "f() {{ {a}; }}; f {w}; f",
    "x=$({a}); echo \"$x\"",
    "echo ${{x{w}}} ${{x#{w}}} ${{x//{w}/{w}}} ${{x:-{w}}} ${{#x}} ${{x:1:2}}",
    "echo $(({w} + {w})) $((x {w}))",
    "[[ {w} =~ {w} ]] && {a}",
    "[ {w} -eq {w} ] || {a}",
    "cat <<E | {a}\n{w} $x $({b})\nE",
    "set -e; {a}; {b}",
    "{a} | xargs -n1 {b}",
    "find . -exec {a} \\;",
    "! {a}",
    "x={w} {a}",
    "{a} > {w} 2> {w}",
    "bash -c '{a}'",
    "trap '{a}' EXIT; {b}",
    "arr=({w} {w}); echo ${{arr[@]}} ${{arr[{w}]}}",
    "printf '%s {w}\\n' {w} | {a}",
    "sed -e '{w}' {w}",
    "jq '{w}' {w}",
    "git -c {w}={w} {a}",
    "cd {w}; {a}; cd -",
)  # fmt: skip
_DEEP = (
    "(",
    "$(",
    "`",
    "{ ",
    "[[ ",
    "((",
    "$((",
    "${x:-",
    '"$(',
    "if true; then ",
    "while ",
    "case x in x) ",
)
_DEEP_TEXTS = ("[" * 5000, "{" * 5000, "- " * 3000, "a: {b: " * 500, "&a [*a, *a]", "x = " + "(" * 3000)
_CONTENTS = (
    *(
        "",
        "\0\0\0",
        "ref: refs/heads/x",
        "DIRC\0\0\0\2\xff\xff\xff\xff",
        "0" * 40,
        "x" * 300_000,
        "\n" * 5000,
    ),
    *(
        "[core\n",
        "[alias]\n\tx = x\n",
        "- &a [1]\n- *a\n",
        "a: 1\na: 2\n",
        "{",
        "null",
        "[]",
        '"',
        "kind: X\n",
    ),
    *("resource x y {\n", "locals { a = local.a }\n", "all:\n\t$(all)\n", "x = $(x)\nall:\n\techo $(x)\n"),
)


def frame(random: Random, calls: Callable[[], str], known: list[str]) -> str:
    """Shell grammar around calls."""
    text = random.choice(_FRAMES)
    return text.format(a=calls(), b=calls(), c=calls(), w=operand(random, known))


def hostile(random: Random) -> str:
    """What only somebody who means harm would type."""
    many = random.choice((3, 60, 600, 4000))
    kind = random.randrange(6)
    if kind == 0:
        return random.choice(_DEEP) * many + random.choice(("", "x", ")" * many, "}" * many))
    if kind == 1:
        return "echo " + "{" + ",".join("ab" * 3) + "}" * 1 + "{a,b}" * min(many, 40)
    if kind == 2:
        text = random.choice(("a", "a*", ".*", "(a|b)*", "[a-z]*", "x?"))
        tool = random.choice(("grep -E", "sed -E", "grep", "git grep", "git log --grep", "expr x :"))
        return f"{tool} '{text * min(many, 600)}$' <<< {'a' * min(many, 3000)}"
    if kind == 3:
        return "".join(random.choice((*ODD, *"'\"$`\\|&;<>(){}[]*?~#! \t\n")) for _ in range(min(many, 300)))
    if kind == 4:
        return random.choice(("seq 1 ", "head -c ", "printf '%s' ", "yes | head -n ", "sleep ")) + "9" * many
    return random.choice(
        ("x=x; for i in {1..900}; do x=$x$x; done", "f() { f | f; }; f", "echo " + "x" * many)
    )


def mutated(random: Random, text: str) -> str:
    """A recorded line with words or characters dropped, doubled, swapped or replaced."""
    pieces = text.split(" ") if random.random() < 0.6 else list(text)
    for _ in range(random.choice((1, 1, 2, 4))):
        at = random.randrange(len(pieces)) if pieces else 0
        act = random.randrange(4)
        if act == 0 and pieces:
            del pieces[at]
        elif act == 1 and pieces:
            pieces.insert(at, pieces[at])
        elif act == 2 and pieces:
            other = random.randrange(len(pieces))
            pieces[at], pieces[other] = pieces[other], pieces[at]
        else:
            pieces.insert(at, random.choice((*COMMON, *PATTERNS, *ODD)))
    return (" " if " " in text and len(pieces) < len(text) / 2 else "").join(pieces)


def drawn(random: Random, world: World, rows: list[Command], recorded: list[str]) -> Step:
    """The next step of a session: a line, a file saved in the editor, or some time that passes."""
    known = names_in(world)

    def one() -> str:
        return call(random, random.choice(rows), known)

    lot = random.random()
    if lot < 0.04:
        path = random.choice(known or ["a"])
        content = random.choice((*_CONTENTS, *_DEEP_TEXTS))
        return Step("write", path=path, content=content)
    if lot < 0.05:
        return Step("wait", seconds=random.choice((0, 60, 3600, 10**7)))
    stdin = random.choice(("", "", "", "yes\n", "a\nb\n", "\0", "x" * 100_000))
    if lot < 0.45:
        line = one()
    elif lot < 0.60:
        line = frame(random, one, known)
    elif lot < 0.75 and recorded:
        line = random.choice(recorded)
    elif lot < 0.92 and recorded:
        line = mutated(random, random.choice(recorded))
    elif lot < 0.95:
        line = random.choice(list(TOOLS.builtins)) + " " + operand(random, known)
    else:
        line = hostile(random)
    return Step("run", line=line, stdin=stdin)
