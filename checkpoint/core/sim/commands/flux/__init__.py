"""flux, as version 2.9 documents itself."""

from checkpoint.core.sim.commands.flux.base import COMMON, STYLE, FluxError
from checkpoint.core.sim.commands.flux.differing import BUILD, DIFF
from checkpoint.core.sim.commands.flux.getting import GET
from checkpoint.core.sim.commands.flux.help_text import MEANINGS
from checkpoint.core.sim.commands.flux.reconciling import RECONCILE, RESUME, SUSPEND
from checkpoint.core.sim.commands.flux.telling import ROWS as TELLING
from checkpoint.core.sim.parts.flux.objects import ODD
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, find, parsed, with_help


def flux(process: Process, args: Args) -> int:
    """Options in front of the subcommand count for it as well."""
    words, front = list(args.rest), []
    while words and words[0].startswith("-"):
        word = words.pop(0)
        front.append(word)
        option = next((one for one in COMMON if word in one.names), None)
        if option is not None and option.value and not option.optional and words:
            front.append(words.pop(0))
    if not words:
        _help(process, FLUX)
        return 0
    command, _, rest = find({"flux": FLUX}, ("flux", *words))
    if command.run is None or command is FLUX:
        typed = next((one for one in rest if not one.startswith("-")), "")
        if typed in command.absent:
            return process.unsupported(f"{command.path} {typed}".rstrip())
        if typed or command is FLUX:
            raise STYLE.unknown_subcommand(command, typed)
        _help(process, command)
        return 0
    made = parsed(command, [*front, *rest], STYLE)
    if made.has("--help"):
        _help(process, command)
        return 0
    try:
        return command.run(process, made)
    except ODD:
        # A field of an object holds something else than its type; nothing has been written then.
        raise FluxError("unable to decode an object: json: cannot unmarshal a field") from None


def _help(process: Process, command: Command) -> None:
    process.line(command.help[:1].upper() + command.help[1:] + ".")
    usage = "[command]" if command.subcommands else f"{command.usage} [flags]".strip()
    process.line(f"\nUsage:\n  {command.path} {usage}")
    if command.subcommands:
        process.line("\nAvailable Commands:")
        width = max(len(one.name) for one in command.subcommands) + 1
        for one in command.subcommands:
            process.line(f"  {one.name:<{width}}{one.help[:1].upper()}{one.help[1:]}")
    common = {one.names for one in COMMON}
    own = [one for one in command.options if one.names not in common]
    if own:
        process.line("\nFlags:")
        for option in own:
            names = ", ".join(option.names) + (f" {option.value}" if option.value else "")
            process.line(f"  {names}   {option.meaning}".rstrip())


FLUX = with_help(
    Command(
        "flux",
        "command line utility for assembling Kubernetes CD pipelines the GitOps way",
        flux,
        subcommands=(BUILD, DIFF, GET, RECONCILE, RESUME, SUSPEND, *TELLING),
        absent=(
            *("bootstrap", "completion", "create", "debug", "delete", "envsubst", "install", "list"),
            *("migrate", "plugin", "pull", "push", "stats", "tag", "uninstall"),
        ),
        raw=True,
        dispatches=True,
        style=STYLE,
    ),
    MEANINGS,
)

ROWS = (FLUX,)
