"""terraform fmt: the canonical layout of configuration files."""

from dataclasses import dataclass, field

from checkpoint.core.sim import limits
from checkpoint.core.sim.commands.terraform.desk import Desk, run
from checkpoint.core.sim.line_diff import hunks
from checkpoint.core.sim.parts.files import decoded, encoded
from checkpoint.core.sim.parts.terraform.parse import parse
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Failed, Source
from checkpoint.core.sim.parts.terraform.tokens import Token, string_end, tokens
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

_ENDINGS = (".tf", ".tfvars", ".tftest.hcl")


# --- layout -----------------------------------------------------------------------


@dataclass(slots=True)
class Word:
    token: Token
    text: str
    spaces: int = 0


@dataclass(slots=True)
class Line:
    """`lead`, then an assignment from its `=` on, then a comment."""

    lead: list[Word] = field(default_factory=list)
    assign: list[Word] = field(default_factory=list)
    comment: list[Word] = field(default_factory=list)

    @property
    def words(self) -> list[Word]:
        return [*self.lead, *self.assign, *self.comment]


def laid_out(source: Source) -> str:
    """The text in its canonical layout. Raises Failed for what can't be read."""
    parse(source)
    lines = _lines(source)
    for line in lines:
        _space(line.lead)
    lines = [_cells(line) for line in lines]
    _indent(lines)
    _align(lines, "assign")
    _align(lines, "comment")
    return "\n".join(
        "".join(" " * word.spaces + word.text for word in line.words).rstrip(" ") for line in lines
    )


def _lines(source: Source) -> list[Line]:
    lines = [Line()]
    for token in tokens(source):
        if token.kind == "newline":
            lines.append(Line())
        elif token.kind != "end":
            lines[-1].lead.append(Word(token, _plain(source, token)))
    for line in lines:
        line.lead = _unwrapped(line.lead)
    return lines


def _plain(source: Source, token: Token) -> str:
    """A token's text; blanks just inside `${ }` go."""
    if token.kind == "comment":
        return token.text.rstrip()
    if token.kind not in ("string", "heredoc") or "${" not in token.text:
        return token.text
    out, at, text = [], 0, token.text
    while at < len(text):
        if text.startswith("$${", at):
            out.append("$${")
            at += 3
        elif text.startswith("${", at):
            end = _close(source, token.start + at) - token.start
            inner = text[at + 2 : end - 1]
            out.append("${" + _inside(inner) + "}")
            at = end
        else:
            step = 2 if text[at] == "\\" and token.kind == "string" else 1
            out.append(text[at : at + step])
            at += step
    return "".join(out)


def _inside(text: str) -> str:
    mark = text[:1] if text.startswith("~") else ""
    end = "~" if text.endswith("~") and len(text) > 1 else ""
    body = text[len(mark) : len(text) - len(end)]
    if "\n" in body:
        return text
    words = [Word(one, one.text) for one in tokens(Source("", body)) if one.kind != "end"]
    _space(words)
    return mark + "".join(" " * word.spaces + word.text for word in words).strip() + end


def _close(source: Source, at: int) -> int:
    """Behind the brace that closes the interpolation which begins at `at`."""
    depth, place = 1, at + 2
    while depth and place < len(source.text):
        char = source.text[place]
        if char == '"':
            place = string_end(source, place)
            continue
        depth += (char == "{") - (char == "}")
        place += 1
    return place


def _unwrapped(words: list[Word]) -> list[Word]:
    """`x = "${var.y}"` is `x = var.y`."""
    behind = words[3:] if len(words) == 4 and words[3].token.kind == "comment" else []
    if len(words) != 3 + len(behind) or words[0].token.kind != "name" or not words[1].token.is_mark("="):
        return words
    text = words[2].text
    if words[2].token.kind != "string" or not text.startswith('"${') or not text.endswith('}"'):
        return words
    inner = text[3:-2]
    if "${" in inner or "%{" in inner or "}" in inner or "~" in inner[:1] + inner[-1:]:
        return words
    made = [Word(one, one.text) for one in tokens(Source("", inner)) if one.kind != "end"]
    return words[:2] + made + behind if made else words


def _net(words: list[Word]) -> int:
    """Brackets opened less those closed."""
    return sum(_bracket(word.token) for word in words)


def _bracket(token: Token) -> int:
    if token.kind != "mark":
        return 0
    return 1 if token.text in ("{", "[", "(") else -1 if token.text in ("}", "]", ")") else 0


def _cells(line: Line) -> Line:
    lead = line.lead
    if len(lead) > 1 and lead[-1].token.kind == "comment":
        line.comment, lead = lead[-1:], lead[:-1]
    for place, word in enumerate(lead):
        if place and word.token.is_mark("="):
            if _net(lead[place:]) == 0:
                line.assign, lead = lead[place:], lead[:place]
            break
    line.lead = lead
    return line


def _indent(lines: list[Line]) -> None:
    open_: list[int] = []
    for line in lines:
        if not line.lead:
            continue
        net = _net(line.lead) + _net(line.assign)
        closing = -net
        while closing > 0 and open_:
            last = open_.pop()
            if closing < last:
                open_.append(last - closing)
            closing -= last
        line.lead[0].spaces = 2 * len(open_)
        if net > 0:
            open_.append(net)


def _columns(words: list[Word]) -> int:
    return sum(word.spaces + len(word.text) for word in words)


def _align(lines: list[Line], cell: str) -> None:
    """Neighbouring lines have their `=`, or their comments, below each other."""
    chain: list[Line] = []
    for line in [*lines, Line()]:
        if getattr(line, cell):
            chain.append(line)
            continue
        before = [_columns(one.lead) + (_columns(one.assign) if cell == "comment" else 0) for one in chain]
        for one, columns in zip(chain, before, strict=True):
            getattr(one, cell)[0].spaces = max(before) - columns + 1
        chain = []


def _space(words: list[Word]) -> None:
    for place, word in enumerate(words):
        if place == 0:
            word.spaces = 0
            continue
        earlier = words[place - 2].token if place > 1 else None
        word.spaces = 1 if _apart(words[place - 1].token, earlier, word.token) else 0


def _apart(subject: Token, before: Token | None, after: Token) -> bool:
    """Whether a blank stands between two tokens."""
    if subject.kind == "name" and after.is_mark("("):
        return False
    if subject.is_mark(".", "::") or after.is_mark(".", "::", ",", "..."):
        return False
    if subject.is_mark(","):
        return True
    if subject.kind == "name" and subject.text == "in" and before is not None and before.kind == "name":
        return True
    if after.is_mark("[") and (subject.kind in ("name", "number") or _bracket(subject) < 0):
        return False
    if subject.is_mark("!"):
        return False
    if subject.is_mark("-"):
        return not (before is None or (before.kind == "mark" and _bracket(before) >= 0))
    if subject.is_mark("{") or after.is_mark("}"):
        return not (subject.is_mark("{") and after.is_mark("}"))
    return not (_bracket(subject) > 0 or _bracket(after) < 0)


# --- the command ------------------------------------------------------------------


def fmt(process: Process, args: Args) -> int:
    return run(process, args, _fmt, spaced=True)


def _flag(args: Args, name: str, default: bool) -> bool:
    if not args.has(name):
        return default
    return args.value(name) not in ("false", "0", "f")


def _fmt(desk: Desk) -> int:
    process, args = desk.process, desk.args
    if args.rest == ["-"]:
        process.out(laid_out(Source("<stdin>", process.stdin)))
        return 0
    changed, code = False, 0
    for name in args.rest or ["."]:
        path = process.path(name).rstrip("/") or "/"
        if process.files.get(path) is None:
            desk.show(Diagnostic(f"No file or directory at {name}"))
            process.error("")
            return 2
        for shown, place in _found(desk, "" if name == "." else name.rstrip("/"), path, bool(args.rest)):
            result = _one(desk, shown, place)
            code = max(code, 2 if result is None else 0)
            changed |= bool(result)
    if code:
        return code
    return 3 if changed and _flag(args, "-check", False) else 0


def _found(desk: Desk, shown: str, path: str, typed: bool) -> list[tuple[str, str]]:
    """(name as it is printed, path) of every file to look at."""
    files = desk.process.files
    if not files.is_folder(path):
        if not path.endswith(_ENDINGS):
            raise Failed(
                Diagnostic("Only .tf, .tfvars, and .tftest.hcl files can be processed with terraform fmt")
            )
        return [(shown, path)]
    found: list[tuple[str, str]] = []
    for name in files.names(path):
        below, title = f"{path}/{name}", f"{shown}/{name}" if shown else name
        if name.startswith("."):
            continue
        if files.is_folder(below):
            if desk.args.has("-recursive"):
                found += _found(desk, title, below, typed)
        elif name.endswith(_ENDINGS):
            found.append((title, below))
        if len(found) > limits.TURNS:
            break
    return found


def _one(desk: Desk, shown: str, path: str) -> bool | None:
    """Format one file: whether it changes, None if it can't be read."""
    process, args = desk.process, desk.args
    process.budget.step()
    old = decoded(process.files.read(path))
    try:
        new = laid_out(Source(shown, old))
    except Failed as error:
        desk.show(*error.diagnostics)
        process.error("")
        return None
    if new == old:
        return False
    check = _flag(args, "-check", False)
    if _flag(args, "-list", True):
        process.line(shown)
    if _flag(args, "-write", True) and not check:
        process.files = process.files.write(path, encoded(new), time=process.clock)
    if _flag(args, "-diff", False):
        process.out(_difference(shown, old, new))
    return True


def _difference(name: str, old: str, new: str) -> str:
    out = [f"--- old/{name}\n+++ new/{name}\n"]
    for hunk in hunks(old.splitlines(), new.splitlines()):
        out.append(hunk.header + "\n")
        out += [f"{mark}{line}\n" for mark, line in hunk.lines]
    return "".join(out)
