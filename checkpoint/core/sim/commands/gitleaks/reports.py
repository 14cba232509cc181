"""What gitleaks tells: the log, blocks on the screen, report files."""

import json
import struct
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from checkpoint.core.sim.commands.gitleaks.scanning import Fatal, Found, Scan
from checkpoint.core.sim.parts.files import File, Folder, decoded
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

_BANNER = "\n    ○\n    │╲\n    │ ○\n    ○ ░\n    ░    gitleaks\n\n"
_LEVELS = ("trace", "debug", "info", "warn", "error", "fatal")
_CONTEXT = 20
"""Characters of a line that are shown beside a match."""
_LONGEST = 100
"""Characters of a secret that are shown."""
_KNOWN = ("json", "csv", "junit", "sarif", "template")
_COLUMNS = (
    *("RuleID", "Commit", "File", "SymlinkFile", "Secret", "Match", "StartLine", "EndLine", "StartColumn"),
    *("EndColumn", "Author", "Message", "Date", "Email", "Fingerprint", "Tags"),
)


def logged(process: Process, args: Args, level: str, text: str) -> None:
    """A line of the log, where its level is wanted."""
    wanted = args.value("--log-level", "info")
    least = _LEVELS.index(wanted) if wanted in _LEVELS else _LEVELS.index("info")
    if _LEVELS.index(level) >= least:
        hour = datetime.fromtimestamp(process.clock, UTC)
        short = {"info": "INF", "warn": "WRN", "error": "ERR", "fatal": "FTL"}[level]
        process.error(f"{hour.hour % 12 or 12}:{hour:%M%p} {short} {text}")


def banner(process: Process, args: Args) -> None:
    if args.has("--log-level") and args.value("--log-level") not in _LEVELS:
        logged(process, args, "warn", f"unknown log level: {args.value('--log-level')}")
    if not args.has("--no-banner"):
        process.err(_BANNER)


def told(scan: Scan) -> int:
    """Everything about a run that came to its end; gives its exit code."""
    process, args = scan.process, scan.args
    for line in scan.complaints:
        logged(process, args, "error", line)
    if scan.complaints:
        logged(process, args, "error", 'error="stderr is not empty"')
    found = [_hidden(one, args) for one in scan.found]
    if args.has("--verbose"):
        for one in found:
            process.out(_block(one, plain=args.has("--no-color")))
    if scan.commits is not None:
        logged(process, args, "info", f"{scan.commits} commits scanned.")
    logged(process, args, "info", f"scanned ~{scan.bytes} bytes ({_size(scan.bytes)}) in 10ms")
    if found:
        logged(process, args, "warn", f"leaks found: {len(found)}")
    else:
        logged(process, args, "info", "no leaks found")
    if args.has("--report-path"):
        _reported(process, args, found)
    return _code(args) if found else 0


def _code(args: Args) -> int:
    code = args.value("--exit-code", "1")
    return int(code[:9]) & 0xFF if code.isdecimal() else 1


def _size(count: int) -> str:
    units = ("bytes", "KB", "MB")
    place = 0 if count < 1000 else 1 if count < 1_000_000 else 2
    return "0" if not count else f"{count / 1000**place:.2f}".removesuffix(".00") + f" {units[place]}"


# --- hiding --------------------------------------------------------------------------


def _hidden(one: Found, args: Args) -> Found:
    """With what --redact leaves of the secret."""
    if not args.has("--redact"):
        return one
    percent = args.value("--redact") or "100"
    share = min(100, int(percent[:3])) if percent.isdecimal() else 100
    secret = one.what.secret
    shown = "REDACTED" if share == 100 else secret[: round(len(secret) * (100 - share) / 100)] + "..."
    if not secret:
        return one
    what = replace(
        one.what,
        secret=shown,
        match=one.what.match.replace(secret, shown),
        text=one.what.text.replace(secret, shown),
    )
    return replace(one, what=what)


# --- on the screen ---------------------------------------------------------------------


def _block(one: Found, *, plain: bool) -> str:
    what = one.what
    shown, secret = _around(one, plain)
    facts = [("Finding", shown), ("Secret", secret), ("RuleID", what.rule)]
    facts.append(("Entropy", f"{_single(what.entropy):.6f}"))
    if one.path:
        facts += [("Tags", f"[{' '.join(what.tags)}]")] if what.tags else []
        facts += [("File", one.path), ("Line", str(what.line))]
        if one.commit:
            facts += [("Commit", one.commit), ("Author", one.author), ("Email", one.email)]
            facts.append(("Date", one.date))
        facts.append(("Fingerprint", one.fingerprint))
    return "".join(f"{name + ':':<13}{value}\n" for name, value in facts) + "\n"


def _around(one: Found, plain: bool) -> tuple[str, str]:
    """The finding in its line, and the secret, both cut where they are long."""
    line, match, secret = one.what.text.strip(), one.what.match.strip(), one.what.secret.strip()
    at = line.find(match)
    if plain or at < 0 or match.startswith("file detected:"):
        return match, secret
    inner = match.find(secret)
    start = max(0, at - _CONTEXT)
    lead = ("..." if at > _CONTEXT else "") + line[start:at].lstrip(" ").removeprefix("\n")
    end = at + len(match)
    tail = line[end:] if len(line) - 1 > end else ""
    tail = tail[:_CONTEXT] + "..." if len(tail) > _CONTEXT else tail
    cut = secret[:_LONGEST] + "..." if len(secret) > _LONGEST else secret
    return lead + match[:inner] + cut + match[inner + len(secret) :] + tail, cut


def _single(value: float) -> float:
    """As a number of 32 bits, which is what gitleaks keeps."""
    return float(struct.unpack("f", struct.pack("f", value))[0])


# --- reports ------------------------------------------------------------------------------


def checked_format(process: Process, args: Args) -> str:
    """The report's format; empty where none is asked for. Raises Fatal for what can't be written."""
    path = args.value("--report-path")
    if not path:
        return ""
    above = process.path(path).rpartition("/")[0] or "/"
    if path != "-" and not isinstance(process.files.get(above), Folder):
        why = f'error="open {path}: no such file or directory"'
        raise Fatal(f"Report path is not writable: {path} {why}")
    ending = path.rpartition(".")[2]
    named = args.value("--report-format") or (ending if ending in _KNOWN else "json")
    if named not in _KNOWN:
        raise Fatal(f"unknown report format {named}")
    return named


def _reported(process: Process, args: Args, found: list[Found]) -> None:
    path = args.value("--report-path")
    text = _as_csv(found) if checked_format(process, args) == "csv" else _as_json(found)
    if path == "-":
        process.out(text)
    else:
        process.write(path, text)


def row_of(one: Found) -> dict[str, Any]:
    """A finding as a report tells it."""
    what = one.what
    return {
        "RuleID": what.rule,
        "Description": what.description,
        "StartLine": what.line,
        "EndLine": what.end_line,
        "StartColumn": what.column,
        "EndColumn": what.end_column,
        "Match": what.match,
        "Secret": what.secret,
        "File": one.path,
        "SymlinkFile": "",
        "Commit": one.commit,
        "Entropy": _shortest(what.entropy),
        "Author": one.author,
        "Email": one.email,
        "Date": one.date,
        "Message": one.message,
        "Tags": list(what.tags),
        "Fingerprint": one.fingerprint,
    }


def _shortest(value: float) -> float:
    """The shortest number that is the same in 32 bits."""
    single = _single(value)
    shorter = (float(f"{single:.{digits}g}") for digits in range(1, 10))
    short = next((one for one in shorter if _single(one) == single), single)
    return int(short) if short == int(short) else short


def _as_json(found: list[Found]) -> str:
    if not found:
        return "[]\n"
    text = json.dumps([row_of(one) for one in found], indent=1, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026") + "\n"


def _as_csv(found: list[Found]) -> str:
    if not found:
        return ""
    rows = [",".join(_COLUMNS)]
    for one in found:
        row = row_of(one) | {"Tags": " ".join(one.what.tags)}
        rows.append(",".join(_cell(str(row[name])) for name in _COLUMNS))
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    special = any(char in text for char in ',"\r\n') or text.startswith(" ")
    return '"' + text.replace('"', '""') + '"' if special else text


# --- a baseline -----------------------------------------------------------------------------


def without_known(scan: Scan) -> None:
    """Drop the findings that an earlier report names; a report that can't be read is told."""
    typed = scan.args.value("--baseline-path")
    if not typed:
        return
    node = scan.process.files.get(scan.process.path(typed))
    why = f"could not open {typed}" if not isinstance(node, File) else ""
    known: Any = None
    if isinstance(node, File):
        try:
            known = json.loads(decoded(node.data))
        except (ValueError, RecursionError):
            why = f"the format of the file {typed} is not supported"
    if not isinstance(known, list):
        lead = "Could not load baseline. The path must point of a gitleaks report generated using the default"
        told_why = why or f"the format of the file {typed} is not supported"
        logged(scan.process, scan.args, "error", f"{lead} format: {told_why}")
        return
    marks = {_mark(row) for row in known if isinstance(row, dict)}
    scan.found = [one for one in scan.found if _mark(row_of(one)) not in marks]


def _mark(row: dict[str, Any]) -> tuple[str, ...]:
    names = ("RuleID", "StartLine", "EndLine", "File", "Commit", "Author", "Email", "Date", "Message")
    return tuple(str(row.get(name)) for name in names)
