"""env, which, date, whoami, sleep, seq, basename, xargs …: the rest of a workstation."""

import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import UTC, datetime

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.events import FileOpened
from checkpoint.core.sim.parts.files import FileError, Link, encoded, text_of
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, UsageError


def env(process: Process, args: Args) -> int:
    words = list(args.rest)
    environment = {} if args.has("--ignore-environment") else dict(process.environment)
    for name in args.values("--unset"):
        environment.pop(name, None)
    while words and re.match(r"[A-Za-z_]\w*=", words[0]):
        name, _, value = words.pop(0).partition("=")
        environment[name] = value
    if words:
        process.environment = environment
        return process.spawn(process, tuple(words), process.stdin)
    for name in sorted(environment):
        process.line(f"{name}={environment[name]}")
    return 0


def printenv(process: Process, args: Args) -> int:
    if not args.rest:
        return env(process, args)
    code = 0
    for name in args.rest:
        if name in process.environment:
            process.line(process.environment[name])
        else:
            code = 1
    return code


def which(process: Process, args: Args) -> int:
    code = 0
    for name in args.rest:
        code |= process.spawn(process, ("type", "-p", name), "")
    return code


def date(process: Process, args: Args) -> int:
    when = datetime.fromtimestamp(process.clock, UTC)
    if args.has("--date"):
        when = _moment(args.value("--date"), process.clock)
    for word in args.rest:
        if not word.startswith("+"):
            raise SimError(f"invalid date ‘{word}’")
    text = next((word[1:] for word in args.rest if word.startswith("+")), None)
    if args.has("--rfc-3339"):
        text = "%Y-%m-%d" if args.value("--rfc-3339").startswith("d") else "%Y-%m-%d %H:%M:%S+00:00"
    if args.has("--iso-8601"):
        text = "%Y-%m-%dT%H:%M:%S+00:00" if args.value("--iso-8601").startswith("s") else "%Y-%m-%d"
    if text is None:
        text = "%a %b %e %H:%M:%S UTC %Y"
    if len(text) > 200:
        raise SimError("the format is too long")
    text = text.replace("%s", str(int(when.timestamp()))).replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S")
    text = text.replace("%z", "+0000").replace("%Z", "UTC").replace("%N", "000000000")
    process.line(when.strftime(text))
    return 0


def _moment(text: str, clock: int) -> datetime:
    if re.fullmatch(r"@\d{1,10}", text):
        return datetime.fromtimestamp(int(text[1:]), UTC)
    match = re.fullmatch(
        r"(?:(now)|(yesterday)|(tomorrow)|([+-]?\d{1,5}) (second|minute|hour|day|week)s?( ago)?)", text
    )
    if match:
        unit = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
        shift = -86400 if match[2] else 86400 if match[3] else 0
        if match[4]:
            shift = int(match[4]) * unit[match[5]] * (-1 if match[6] else 1)
        return datetime.fromtimestamp(max(0, clock + shift), UTC)
    try:
        made = datetime.fromisoformat(text)
    except ValueError:
        raise SimError(f"invalid date ‘{text}’") from None
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def sleep(process: Process, args: Args) -> int:
    if not args.rest:
        raise UsageError("sleep: missing operand\nTry 'sleep --help' for more information.", 1)
    seconds = 0.0
    for word in args.rest:
        match = re.fullmatch(r"(\d{1,7}(?:\.\d{1,6})?)([smhd]?)", word)
        if not match:
            hint = "Try 'sleep --help' for more information."
            raise UsageError(f"sleep: invalid time interval ‘{word}’\n{hint}", 1)
        seconds += float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}[match[2]]
    process.world = replace(process.world, clock=process.clock + int(seconds))
    return 0


def seq(process: Process, args: Args) -> int:
    if not 1 <= len(args.rest) <= 3 or not all(re.fullmatch(r"-?\d{1,9}", word) for word in args.rest):
        wrong = next((word for word in args.rest if not re.fullmatch(r"-?\d{1,9}", word)), "")
        what = f"invalid floating point argument: ‘{wrong}’" if args.rest else "missing operand"
        what = f"extra operand ‘{args.rest[3]}’" if len(args.rest) > 3 else what
        raise UsageError(f"seq: {what}\nTry 'seq --help' for more information.", 1)
    numbers = [int(word) for word in args.rest]
    first = numbers[0] if len(numbers) > 1 else 1
    step = numbers[1] if len(numbers) == 3 else 1
    if step == 0:
        raise SimError("invalid Zero increment value: ‘0’")
    made = range(first, numbers[-1] + (1 if step > 0 else -1), step)
    if len(made) > limits.STEPS:
        raise Exhausted(f"stopped after {limits.STEPS:,} steps")
    separator = args.value("--separator", "\n")
    width = max(map(len, map(str, (first, made[-1])))) if made and args.has("--equal-width") else 0
    if made:
        process.out(separator.join(str(number).zfill(width) for number in made) + "\n")
    return 0


def basename(process: Process, args: Args) -> int:
    if not args.rest:
        raise UsageError("basename: missing operand\nTry 'basename --help' for more information.", 1)
    name = args.rest[0].rstrip("/").rpartition("/")[2] or "/"
    suffix = args.rest[1] if len(args.rest) > 1 else ""
    process.line(name.removesuffix(suffix) if suffix and name != suffix else name)
    return 0


def dirname(process: Process, args: Args) -> int:
    if not args.rest:
        raise UsageError("dirname: missing operand\nTry 'dirname --help' for more information.", 1)
    for word in args.rest:
        head, slash, _ = word.rstrip("/").rpartition("/")
        process.line(head or ("/" if slash else "."))
    return 0


def realpath(process: Process, args: Args) -> int:
    for word in args.rest:
        process.files.look(process.path(word))
        process.line(process.files.real(process.path(word)))
    return 0


def readlink(process: Process, args: Args) -> int:
    if args.has("--canonicalize") or args.has("-e"):
        return realpath(process, args)
    code = 0
    for word in args.rest:
        node = process.files.get(process.path(word), follow=False)
        if isinstance(node, Link):
            process.line(node.target)
        else:
            code = 1
    return code


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


_TEMPORARY = text_of(("tmp",))
_TEMPLATE = "tmp.XXXXXXXXXX"


def mktemp(process: Process, args: Args) -> int:
    """A new file, or with `-d` a folder, whose name looks like chance and is the same for the same lines."""
    folder = args.value("--tmpdir") or process.environment.get("TMPDIR") or _TEMPORARY
    template = args.rest[0] if args.rest else f"{folder}/{_TEMPLATE}"
    marks = re.search(r"X{3,}(?=[^X]*$)", template)
    if not marks:
        raise SimError(f"too few X's in template ‘{template}’")
    if args.rest and (args.has("-t") or args.has("--tmpdir")):
        template, marks = f"{folder}/{template}", re.search(r"X{3,}(?=[^X]*$)", f"{folder}/{template}")
    count = 0
    while marks:
        told = f"{process.world.seed} {process.clock} {process.files.size} {template} {count}"
        digest = hashlib.sha256(told.encode("utf-8", "surrogateescape")).digest()
        name = "".join(_LETTERS[digest[place % 32] % 62] for place in range(len(marks[0])))
        path = template[: marks.start()] + name + template[marks.end() :]
        if process.files.get(process.path(path)) is None:
            break
        count += 1
    if args.has("--directory"):
        process.files = process.files.make_folder(process.path(path), mode=0o700, time=process.clock)
    else:
        process.write(path, "", 0o600)
    process.line(path)
    return 0


def xargs(process: Process, args: Args) -> int:
    words = args.rest or ["echo"]
    if args.has("--arg-file"):
        process.stdin = process.read(args.value("--arg-file"))
    if args.has("--null"):
        items = [item for item in process.stdin.split("\0") if item]
    elif args.has("--delimiter"):
        items = process.stdin.rstrip("\n").split(args.value("--delimiter")[:1] or "\n")
    elif args.has("--replace"):
        items = [line.strip() for line in process.stdin.splitlines() if line.strip()]
    else:
        items = [piece.strip("\"'") for piece in re.findall(r"\"[^\"]*\"|'[^']*'|\S+", process.stdin)]
    if not items and (args.has("--no-run-if-empty") or args.has("--replace")):
        return 0
    if len(items) > limits.WORDS:
        raise Exhausted(f"a line has at most {limits.WORDS:,} words")
    lines = [line.split() for line in process.stdin.splitlines() if line.strip()]
    if args.has("--max-lines"):
        size = args.value("--max-lines")
        count = int(size[:6]) if size.isdecimal() and int(size[:6]) else 1
        groups = [lines[n : n + count] for n in range(0, len(lines), count)]
        batches = [words + [word for line in group for word in line] for group in groups]
    elif args.has("--replace"):
        mark = args.value("--replace") or "{}"
        batches = [[word.replace(mark, item) for word in words] for item in items]
    else:
        size = args.value("--max-args", str(max(1, len(items))))
        if not size.isdecimal() or int(size[:6]) == 0:
            raise SimError(f'invalid number "{size}" for -n option')
        count = int(size[:6])
        batches = [words + items[n : n + count] for n in range(0, max(1, len(items)), count)]
    code = 0
    for batch in batches:
        made = process.spawn(process, tuple(batch), "")
        if made == 127:
            return 127
        code = 123 if made else code
    return code


def edit(process: Process, args: Args) -> int:
    """Every editor opens the page's own; a new file is made when it is saved."""
    names = [word for word in args.rest if not word.startswith(("-", "+"))]
    if not names:
        raise UsageError(f"{process.words[0]}: name the file to open: {process.words[0]} FILE", 1)
    path = process.path(names[0])
    if process.files.is_folder(path):
        raise SimError(f"{names[0]}: Is a directory")
    process.happened(FileOpened(path))
    process.line(f"{names[0]} is open in the editor.")
    return 0


def whoami(process: Process, args: Args) -> int:
    process.line(process.world.shell.user)
    return 0


def hostname(process: Process, args: Args) -> int:
    process.line(process.world.host)
    return 0


def identity(process: Process, args: Args) -> int:
    user = process.world.shell.user
    if args.has("-un") or args.has("-u"):
        process.line(user if args.has("-n") else "1000")
    else:
        process.line(f"uid=1000({user}) gid=1000({user}) groups=1000({user})")
    return 0


def uname(process: Process, args: Args) -> int:
    process.line(f"Linux {process.world.host} 6.1.0 x86_64 GNU/Linux" if args.has("-a") else "Linux")
    return 0


def base64(process: Process, args: Args) -> int:
    text = process.read(args.rest[0]) if args.rest and args.rest[0] != "-" else process.stdin
    if args.has("--decode"):
        try:
            process.out(b64decode(encoded(text), validate=False).decode("utf-8", "surrogateescape"))
        except ValueError:
            raise SimError("invalid input") from None
        return 0
    made = b64encode(encoded(text)).decode()
    width = args.value("--wrap", "76")
    step = int(width[:6]) if width.isdecimal() and int(width[:6]) else max(1, len(made))
    lines = [made[n : n + step] for n in range(0, len(made), step)]
    process.out("\n".join(lines) + ("\n" if lines and width != "0" else ""))
    return 0


def checksum(process: Process, args: Args) -> int:
    """md5sum, sha1sum, sha256sum and sha512sum: print checksums, or with -c compare them."""
    tool = process.words[0].rpartition("/")[2]
    if args.has("--check"):
        return _compared(process, args, tool)
    code = 0
    for name in args.rest or ["-"]:
        try:
            process.line(f"{_sum(process, tool, name)}  {name}")
        except FileError as error:
            process.error(f"{tool}: {error}")
            code = 1
    return code


def _sum(process: Process, tool: str, name: str) -> str:
    text = process.stdin if name == "-" else process.read(name)
    return hashlib.new(tool.removesuffix("sum"), encoded(text), usedforsecurity=False).hexdigest()


def _compared(process: Process, args: Args, tool: str) -> int:
    failed = unread = 0
    for listed in args.rest or ["-"]:
        text = process.stdin if listed == "-" else process.read(listed)
        for line in text.splitlines():
            wanted, _, name = line.partition("  ")
            try:
                same = _sum(process, tool, name) == wanted
            except FileError as error:
                process.error(f"{tool}: {error}")
                process.line(f"{name}: FAILED open or read")
                unread += 1
                continue
            failed += not same
            if not same or not args.has("--quiet"):
                process.line(f"{name}: {'OK' if same else 'FAILED'}")
    if unread:
        many = "files" if unread > 1 else "file"
        process.error(f"{tool}: WARNING: {unread} listed {many} could not be read")
    if failed:
        many = "checksums" if failed > 1 else "checksum"
        process.error(f"{tool}: WARNING: {failed} computed {many} did NOT match")
    return int(bool(failed or unread))


def timeout(process: Process, args: Args) -> int:
    """Run a command; here nothing takes longer than it says, so none is ended."""
    if len(args.rest) < 2:
        raise UsageError("timeout: missing operand\nTry 'timeout --help' for more information.", 125)
    if not re.fullmatch(r"\d+(\.\d+)?[smhd]?", args.rest[0]):
        hint = "Try 'timeout --help' for more information."
        raise UsageError(f"timeout: invalid time interval ‘{args.rest[0]}’\n{hint}", 125)
    return process.spawn(process, tuple(args.rest[1:]), process.stdin)


def clear(process: Process, args: Args) -> int:
    process.out("\x1b[H\x1b[2J")
    return 0


_EDITORS = tuple(
    Command(name, "open a file in the page's editor", edit, "FILE", raw=True)
    for name in ("edit", "nano", "vim", "vi", "code", "emacs")
)

ROWS = (
    Command(
        "env",
        "print the environment, or run a command in another one",
        env,
        "[OPTION]... [NAME=VALUE]... [COMMAND [ARG]...]",
        (Option(("-i", "--ignore-environment")), Option(("-u", "--unset"), "NAME")),
        stops=True,
    ),
    Command("printenv", "print the environment", printenv, "[VARIABLE]..."),
    Command("which", "say where a command is", which, "COMMAND...", (Option(("-a",)),)),
    Command(
        "date",
        "print the scenario's time",
        date,
        "[OPTION]... [+FORMAT]",
        (
            Option(("-u", "--utc")),
            Option(("-d", "--date"), "STRING"),
            Option(("-I", "--iso-8601"), "FMT", optional=True),
            Option(("--rfc-3339",), "FMT"),
            Option(("-R", "--rfc-email")),
            Option(("-s", "--set"), "STRING", simulated=False),
        ),
    ),
    Command("sleep", "let the scenario's time pass", sleep, "NUMBER[SUFFIX]..."),
    Command(
        "seq",
        "count",
        seq,
        "[FIRST [INCREMENT]] LAST",
        (Option(("-s", "--separator"), "STRING"), Option(("-w", "--equal-width"))),
        raw=False,
    ),
    Command("basename", "the last name of a path", basename, "NAME [SUFFIX]"),
    Command("dirname", "a path without its last name", dirname, "NAME..."),
    Command("realpath", "a path with its links followed", realpath, "FILE..."),
    Command(
        "readlink",
        "where a link leads",
        readlink,
        "FILE...",
        (Option(("-f", "--canonicalize")), Option(("-e",))),
    ),
    Command(
        "xargs",
        "run a command with words from standard input",
        xargs,
        "[OPTION]... COMMAND [ARG]...",
        (
            Option(("-n", "--max-args"), "MAX"),
            Option(("-I", "--replace"), "R"),
            Option(("-L", "--max-lines"), "MAX"),
            Option(("-0", "--null")),
            Option(("-d", "--delimiter"), "CHAR"),
            Option(("-r", "--no-run-if-empty")),
            Option(("-t", "--verbose")),
            Option(("-P", "--max-procs"), "MAX"),
            Option(("-a", "--arg-file"), "FILE"),
        ),
        stops=True,
    ),
    Command(
        "mktemp",
        "make a file with a new name",
        mktemp,
        "[OPTION]... [TEMPLATE]",
        (
            Option(("-d", "--directory")),
            Option(("-p", "--tmpdir"), "DIR"),
            Option(("-t",)),
            Option(("-u", "--dry-run"), simulated=False),
            Option(("-q", "--quiet")),
            Option(("--suffix",), "SUFFIX", simulated=False),
        ),
    ),
    Command("whoami", "who you are", whoami),
    Command("hostname", "the machine's name", hostname),
    Command(
        "id", "who you are, by number", identity, "", (Option(("-u",)), Option(("-n",)), Option(("-g",)))
    ),
    Command("uname", "what system this is", uname, "[OPTION]...", (Option(("-a",)), Option(("-s",)))),
    Command(
        "base64",
        "encode or decode",
        base64,
        "[OPTION]... [FILE]",
        (Option(("-d", "--decode")), Option(("-w", "--wrap"), "COLS")),
    ),
    *(
        Command(
            name,
            "a file's checksum",
            checksum,
            "[OPTION]... [FILE]...",
            (Option(("-c", "--check")), Option(("--quiet",))),
        )
        for name in ("md5sum", "sha1sum", "sha256sum", "sha512sum")
    ),
    Command(
        "timeout",
        "run a command with a time limit",
        timeout,
        "[OPTION] DURATION COMMAND [ARG]...",
        (Option(("-k", "--kill-after"), "DURATION"), Option(("-s", "--signal"), "SIGNAL")),
        stops=True,
    ),
    Command("clear", "empty the terminal", clear),
    *_EDITORS,
)
