"""credctl: the command line of the credential issuer. It exists here only; no real tool has its name.

Credentials that a setup describes can be listed, revoked, checked and issued anew.
"""

from datetime import UTC, datetime

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.issuer import Credential, Issued, Issuer, Revoked
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Cobra
from checkpoint.core.sim.table import Args, Command, Option

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"


def _when(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}" if seconds else "-"


def listed(process: Process, args: Args) -> int:
    found = process.world.part(Issuer).credentials
    rows = [["ID", "NAME", "STATE", "SCOPE", "ISSUED", "REVOKED"]]
    for one in found:
        if args.has("--all") or not one.revoked:
            facts = [one.id, one.name, one.state, one.scope or "-", _when(one.issued), _when(one.revoked)]
            rows.append(facts)
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        process.line("   ".join(cells).rstrip())
    return 0


def _wanted(process: Process, args: Args) -> Credential:
    if len(args.rest) != 1:
        raise SimError(f"give one credential by its id or name; {len(args.rest)} given", 2)
    return process.world.part(Issuer).named(args.rest[0])


def revoke(process: Process, args: Args) -> int:
    one = _wanted(process, args)
    if one.revoked:
        process.line(f"{one.id} ({one.name}) was revoked already, at {_when(one.revoked)}")
        return 0
    issuer = process.world.part(Issuer)
    made = Credential(one.id, one.name, one.value, one.scope, one.issued, process.clock)
    process.world = process.world.having(issuer.having(made))
    process.happened(Revoked(one.id, one.name))
    process.line(f"{one.id} ({one.name}) revoked")
    return 0


def issue(process: Process, args: Args) -> int:
    """A new one; the older ones of that name keep working until they are revoked."""
    if len(args.rest) != 1:
        raise SimError(f"give the name of one credential; {len(args.rest)} given", 2)
    issuer, name = process.world.part(Issuer), args.rest[0]
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
    process.world = process.world.having(issuer.having(one))
    process.happened(Issued(one.id, name, process.path(goal) if goal else ""))
    return 0


def check(process: Process, args: Args) -> int:
    """Whether a value is still accepted, read from standard input so that it isn't in the history."""
    if not args.has("--stdin") and not args.rest:
        raise SimError("give an id or a name, or --stdin", 2)
    value = process.stdin.strip() if args.has("--stdin") else _wanted(process, args).value
    accepted = process.world.part(Issuer).accepts(value)
    process.line("accepted" if accepted else "refused")
    return 0 if accepted else 1


ROWS = (
    Command(
        "credctl",
        "list, revoke and issue credentials",
        None,
        "<command>",
        subcommands=(
            Command(
                "credctl list",
                "credentials that work",
                listed,
                "",
                (Option(("-a", "--all"), help="and revoked ones"),),
            ),
            Command("credctl revoke", "take a credential back at once", revoke, "ID|NAME"),
            Command(
                "credctl issue",
                "give out a new credential",
                issue,
                "NAME",
                (
                    Option(("-o", "--output"), "FILE", "write the value to a file of yours only"),
                    Option(("--scope",), "SCOPE", "what it may be used for"),
                ),
            ),
            Command(
                "credctl check",
                "whether a credential is accepted",
                check,
                "ID|NAME",
                (Option(("--stdin",), help="read a value from standard input"),),
            ),
        ),
        style=Cobra("credctl: ", ""),
    ),
)
