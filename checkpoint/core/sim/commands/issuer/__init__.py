"""credctl: the command line of the credential issuer. It exists here only; no real tool has its name.

Credentials that a setup describes can be listed, revoked, checked, used and issued anew; what was opened
with them can be seen and ended.
"""

from datetime import UTC, datetime

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.issuer import Credential, Issuer, OpenedSession
from checkpoint.core.sim.parts.issuer.events import Issued, Revoked, SessionEnded, Used
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Cobra
from checkpoint.core.sim.table import Args, Command, Option, Run

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"


def _when(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}" if seconds else "-"


def _printed(process: Process, rows: list[list[str]]) -> int:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        process.line("   ".join(cells).rstrip())
    return 0


def _issuer(process: Process) -> Issuer:
    return process.world.part(Issuer)


def _save(process: Process, issuer: Issuer) -> None:
    process.world = process.world.having(issuer)


def _wanted(process: Process, args: Args) -> Credential:
    if len(args.rest) != 1:
        raise SimError(f"give one credential by its id or name; {len(args.rest)} given", 2)
    return _issuer(process).named(args.rest[0])


def _ids(issuer: Issuer, words: list[str]) -> frozenset[str]:
    """The credentials that are asked about; all where none is named."""
    if not words:
        return frozenset(one.id for one in issuer.credentials)
    issuer.named(words[0])
    return issuer.ids_of(words[0])


# --- credentials ---------------------------------------------------------------


def listed(process: Process, args: Args) -> int:
    rows = [["ID", "NAME", "STATE", "SCOPE", "ISSUED", "REVOKED"]]
    for one in _issuer(process).credentials:
        if args.has("--all") or not one.revoked:
            facts = [one.id, one.name, one.state, one.scope or "-", _when(one.issued), _when(one.revoked)]
            rows.append(facts)
    return _printed(process, rows)


def revoke(process: Process, args: Args) -> int:
    one = _wanted(process, args)
    if one.revoked:
        process.line(f"{one.id} ({one.name}) was revoked already, at {_when(one.revoked)}")
        return 0
    made = Credential(one.id, one.name, one.value, one.scope, one.issued, process.clock)
    _save(process, _issuer(process).having(made))
    process.happened(Revoked(one.id, one.name))
    process.line(f"{one.id} ({one.name}) revoked")
    return 0


def issue(process: Process, args: Args) -> int:
    """A new one; the older ones of that name keep working until they are revoked."""
    if len(args.rest) != 1:
        raise SimError(f"give the name of one credential; {len(args.rest)} given", 2)
    issuer, name = _issuer(process), args.rest[0]
    older = [one for one in issuer.credentials if one.name == name]
    drawn, process.world = process.world.draw("credential")
    value = "live_" + "".join(_LETTERS[byte % len(_LETTERS)] for byte in drawn)
    scope = args.value("--scope") or (older[-1].scope if older else "")
    one = Credential(f"cred-{len(issuer.credentials) + 1:04}", name, value, scope, process.clock)
    goal = args.value("--output")
    if goal:
        process.write(goal, value + "\n", mode=0o600)
        process.line(f"{one.id} ({name}) issued; its value is in {goal}")
    else:
        process.error(f"{one.id} ({name}) issued; its value is shown this once")
        process.line(value)
    _save(process, issuer.having(one))
    process.happened(Issued(one.id, name, process.path(goal) if goal else ""))
    return 0


def check(process: Process, args: Args) -> int:
    """Whether a value is still accepted, read from standard input so that it isn't in the history."""
    if not args.has("--stdin") and not args.rest:
        raise SimError("give an id or a name, or --stdin", 2)
    value = process.stdin.strip() if args.has("--stdin") else _wanted(process, args).value
    accepted = _issuer(process).accepts(value)
    process.line("accepted" if accepted else "refused")
    return 0 if accepted else 1


# --- what was done with them -----------------------------------------------------


def login(process: Process, args: Args) -> int:
    """Show a credential, as a service does when it starts, and get a session."""
    if not args.has("--stdin"):
        raise SimError("give the credential's value on standard input, with --stdin", 2)
    issuer, source = _issuer(process), args.value("--from") or "127.0.0.1"
    one = issuer.of_value(process.stdin.strip())
    if one is None:
        process.line("refused")
        return 1
    made = issuer.shown(one, source, process.clock)
    _save(process, made)
    result = made.uses[-1].result
    process.happened(Used(one.id, one.name, source, result))
    process.line(f"{made.sessions[-1].id} opened" if result == "accepted" else "refused")
    return 0 if result == "accepted" else 1


def sessions(process: Process, args: Args) -> int:
    issuer = _issuer(process)
    ids, names = _ids(issuer, args.rest), {one.id: one.name for one in issuer.credentials}
    rows = [["SESSION", "CREDENTIAL", "NAME", "FROM", "OPENED", "ENDED"]]
    for one in issuer.sessions:
        if one.credential in ids and (args.has("--all") or not one.ended):
            facts = [one.id, one.credential, names[one.credential], one.source]
            rows.append([*facts, _when(one.opened), _when(one.ended)])
    return _printed(process, rows)


def end(process: Process, args: Args) -> int:
    """Sessions by their id, or every open one of a credential."""
    issuer = _issuer(process)
    if args.has("--of"):
        issuer.named(args.value("--of"))
        wanted = list(issuer.open_sessions(issuer.ids_of(args.value("--of"))))
    elif args.rest:
        wanted = [_session(issuer, word) for word in args.rest]
    else:
        raise SimError("give the sessions to end by their ids, or --of a credential", 2)
    names = {one.id: one.name for one in issuer.credentials}
    for one in wanted:
        if one.ended:
            process.line(f"{one.id} was ended already, at {_when(one.ended)}")
            continue
        issuer = issuer.without(one, process.clock)
        process.happened(SessionEnded(one.id, one.credential, names[one.credential], one.source))
        process.line(f"{one.id} from {one.source} ended")
    if not wanted:
        process.line("no open sessions")
    _save(process, issuer)
    return 0


def _session(issuer: Issuer, word: str) -> OpenedSession:
    found = next((one for one in issuer.sessions if one.id == word), None)
    if found is None:
        more = f"; `--of {word}` ends what was opened with it" if issuer.ids_of(word) else ""
        raise SimError(f"no session '{word}'{more}")
    return found


def log(process: Process, args: Args) -> int:
    """Who showed a credential, when and from where."""
    issuer = _issuer(process)
    ids, names = _ids(issuer, args.rest), {one.id: one.name for one in issuer.credentials}
    rows = [["AT", "CREDENTIAL", "NAME", "FROM", "RESULT"]]
    for one in issuer.uses:
        if one.credential in ids:
            rows.append([_when(one.at), one.credential, names[one.credential], one.source, one.result])
    return _printed(process, rows)


def _or_help(path: str, run: Run) -> Run:
    """What a word does, or its help where that is asked for."""

    def either(process: Process, args: Args) -> int:
        return _helped(process, path) if args.has("--help") else run(process, args)

    return either


def _overview(process: Process, args: Args) -> int:
    if args.rest and not args.has("--help"):
        raise SimError(f'unknown command "{args.rest[0]}"; `credctl --help` lists them', 2)
    return _helped(process, "credctl")


def _helped(process: Process, path: str) -> int:
    row = next(one for one in (_ROW, *_ROW.subcommands) if one.path == path)
    process.line(f"{row.help[0].upper()}{row.help[1:]}.\n\nUsage:\n  {row.path} {row.usage}".rstrip())
    if row.subcommands:
        process.line("\nCommands:")
    for below in row.subcommands:
        process.line(f"  {below.name:<10} {below.help}")
    process.line("\nOptions:")
    for option in row.options:
        process.line(f"  {', '.join(option.names)} {option.value}".ljust(26) + option.help)
    return 0


_HELP = Option(("-h", "--help"), help="say what this does")
_STDIN = Option(("--stdin",), help="read a value from standard input")
_ALL = ("-a", "--all")


def _row(name: str, text: str, run: Run, usage: str = "", *options: Option) -> Command:
    path = f"credctl {name}"
    return Command(path, text, _or_help(path, run), usage, (*options, _HELP))


_ROW = Command(
    "credctl",
    "list, revoke and issue credentials, and see what they are used for",
    _overview,
    "<command>",
    (_HELP,),
    subcommands=(
        _row("list", "credentials that work", listed, "", Option(_ALL, help="and revoked ones")),
        _row("revoke", "take a credential back at once", revoke, "ID|NAME"),
        _row(
            "issue",
            "give out a new credential",
            issue,
            "NAME",
            Option(("-o", "--output"), "FILE", "write the value to a file of yours only"),
            Option(("--scope",), "SCOPE", "what it may be used for"),
        ),
        _row("check", "whether a credential is accepted", check, "ID|NAME", _STDIN),
        _row(
            "sessions",
            "what was opened with credentials and goes on",
            sessions,
            "[ID|NAME]",
            Option(_ALL, help="and ended ones"),
        ),
        _row(
            "end",
            "end sessions",
            end,
            "[SESSION...]",
            Option(("--of",), "ID|NAME", "all that were opened with a credential"),
        ),
        _row("log", "who used a credential, when and from where", log, "[ID|NAME]"),
        _row(
            "login",
            "open a session with a credential, as a service does",
            login,
            "",
            _STDIN,
            Option(("--from",), "ADDRESS", "the address that it comes from"),
        ),
    ),
    style=Cobra("credctl: ", ""),
)

ROWS = (_ROW,)
