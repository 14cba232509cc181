"""Words for a line: from a tool's row of the table, from the world as it is, and hostile ones."""

from random import Random

from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.commands.git.rows import ROWS as GIT
from checkpoint.core.sim.parts.files import File, Folder
from checkpoint.core.sim.table import Command, Option
from checkpoint.core.sim.world import World

NUMBERS = (
    *("0", "1", "-1", "+2", "007", "3.5", "1e9", "99999999999999999999", "0x10", "", "NaN", "1,3p", "2-"),
    *("²", "1²", "٣", "9" * 5000),
)
ODD = (
    "é",
    "日本語",
    "\u202eabc",
    "\u200b",
    "e\u0301",
    "\U0001f469\u200d\U0001f4bb",
    "\udcff\udc80",
    "\x00",
    "\x1b[2J",
    "\r",
    "\ufeff",
    "İ",
    "ß",
    "\x7f",
    "٣",
)
PATTERNS = (
    "(a+)+$",
    "(.*)*x",
    "[[:alpha:]",
    "[z-a]",
    "\\(",
    "a{9999}",
    "((((((((((a*)*)*)*)*)*)*)*)*)*",
    "^*",
    "\\1",
    "[^]",
    "s/x/",
    "s/(a*)*/\\9/g",
    "y/abc/d/",
    "1,$!{p",
    "*" * 40,
    "**/**/**",
    "[!",
    "?(",
    "{1..9999}",
    "{{a,b},{c,{d,e}}}",
)
COMMON = (
    *("HEAD", "HEAD~1", "HEAD^2", "main", "origin", "origin/main", "@{u}", "HEAD@{9}", "v1", "a..b", "^HEAD"),
    *(
        "--",
        "-",
        ".",
        "..",
        "/",
        "~",
        "/dev/null",
        "/etc/x",
        "a.txt",
        "b/c",
        "x=y",
        "*",
        "a b",
        "$HOME",
        "$x",
    ),
    *(
        "git@github.com:acme/platform.git",
        "https://h/x",
        "deploy/web",
        "pods",
        "web",
        "default",
        "prod",
        "dev",
    ),
    *(
        "2>&1",
        "2> err",
        "> out",
        ">> out",
        "< a.txt",
        "&> all",
        "<<< word",
        "'q'",
        '"$x"',
        "$(date)",
        "`pwd`",
    ),
    *(
        "-o json",
        "-o yaml",
        "--help",
        "-h",
        "--version",
        "-n",
        "-A",
        "-f",
        "-v",
        "-x",
        "--nope",
        "-=",
        "--=x",
    ),
    *("main.tf", "terraform.tfstate", "kustomization.yaml", ".sops.yaml", "secret.yaml", "Makefile", ".git"),
)


def every_row() -> list[Command]:
    """Each tool and each of its subcommands; git's stand apart from its row."""
    found = [one for row in TOOLS.rows.values() for one in row.walk()]
    return [*found, *GIT]


def names_in(world: World, most: int = 60) -> list[str]:
    """Paths below the learner's folders, and the variables' names, as they are now."""
    found = []
    for path, node in world.files.walk(world.shell.home):
        if isinstance(node, File | Folder) and "/objects/" not in path:
            found.append(path.removeprefix(world.shell.cwd + "/"))
        if len(found) >= most:
            break
    return [*found, *(f"${name}" for name in world.shell.variables)]


def operand(random: Random, known: list[str]) -> str:
    """One word that could be a file, a name, a number, a pattern, or nothing that makes sense."""
    pools = (known or COMMON, known or COMMON, COMMON, COMMON, NUMBERS, PATTERNS, ODD)
    word = random.choice(random.choice(pools))
    if random.random() < 0.15:
        word = f"'{word}'" if "'" not in word else word
    return word if random.random() < 0.95 else word * random.choice((2, 50, 2000))


def given(random: Random, option: Option, known: list[str]) -> str:
    """An option as typed, with a value where it takes one, and sometimes where it doesn't."""
    name = random.choice(option.names)
    if bool(option.value) == (random.random() < 0.05):
        return name
    return f"{name}{random.choice(('=', ' ', ''))}{operand(random, known)}"


def call(random: Random, row: Command, known: list[str]) -> str:
    """A tool with options and operands of its row."""
    options = [given(random, random.choice(row.options), known) for _ in range(3) if row.options]
    parts = options[: random.choice((0, 1, 1, 2, 3))]
    parts += [operand(random, known) for _ in range(random.choice((0, 1, 1, 2, 3)))]
    random.shuffle(parts)
    return " ".join([row.path, *parts])
