"""One gh command at work: who is signed in, which repository, and how gh prints tables and ages."""

from dataclasses import dataclass
from typing import Any

from checkpoint.core.sim.commands.gh import querying
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.forge import Forge, ForgeError, Pull
from checkpoint.core.sim.parts.forge.noticing import noticed
from checkpoint.core.sim.parts.git.hosting import Server, project_of
from checkpoint.core.sim.parts.git.repository import Repository
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, UsageError
from checkpoint.core.sim.world import World

_TOKENS = ("GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
_SIGN_IN = (
    "To get started with GitHub CLI, please run:  gh auth login\n"
    "Alternatively, populate the GH_TOKEN environment variable with a GitHub API authentication token."
)


@dataclass(frozen=True, slots=True)
class GhStyle:
    """gh's complaints: the problem, then the usage."""

    single_dash: bool = False
    abbreviates: bool = False
    stops: bool = False

    def _told(self, command: Command, text: str) -> UsageError:
        if command.subcommands:
            names = "\n".join(f"  {name}" for name in sorted(_names(command)))
            below = "<command> <subcommand>" if command.path == "gh" else "<command>"
            return UsageError(
                f"{text}\n\nUsage:  {command.path} {below} [flags]\n\nAvailable commands:\n{names}"
            )
        flags = "\n".join(_flag(option.names, option.value, option.help) for option in command.options)
        usage = f"{command.path} {command.usage}".strip()
        return UsageError(f"{text}\n\nUsage:  {usage} [flags]\n\nFlags:\n{flags}\n")

    def unknown(self, command: Command, typed: str) -> UsageError:
        what = (
            f"unknown flag: {typed}"
            if typed.startswith("--")
            else (f"unknown shorthand flag: '{typed[1:2]}' in {typed}")
        )
        return self._told(command, what)

    def lacks_value(self, command: Command, typed: str) -> UsageError:
        what = typed if typed.startswith("--") else f"'{typed[1:]}' in {typed}"
        return self._told(command, f"flag needs an argument: {what}")

    def unwanted_value(self, command: Command, typed: str) -> UsageError:
        name, _, value = typed.partition("=")
        why = f'strconv.ParseBool: parsing "{value}": invalid syntax'
        return self._told(command, f'invalid argument "{value}" for "{name}" flag: {why}')

    def unknown_subcommand(self, command: Command, typed: str) -> UsageError:
        return self._told(command, f'unknown command "{typed}" for "{command.path}"')


def _names(command: Command) -> list[str]:
    return [*(one.name for one in command.subcommands), *command.absent]


def _flag(names: tuple[str, ...], value: str, text: str) -> str:
    short = next((name for name in names if not name.startswith("--")), "")
    long = max(names, key=len)
    return f"  {short + ',' if short else '   '} {long} {value}".ljust(28) + text


class Gh:
    """What every command needs; raises gh's own errors where it isn't there."""

    def __init__(self, process: Process, args: Args) -> None:
        self.process, self.args = process, args
        if not signed_in(process):
            raise Told(_SIGN_IN, 4)
        self.name = args.value("--repo") or self._from_remote()
        self.name = "/".join(self.name.removeprefix("https://").removesuffix(".git").split("/")[-2:])
        if self.name != self.forge.repo:
            raise ForgeError(
                f"GraphQL: Could not resolve to a Repository with the name '{self.name}'. (repository)"
            )
        self.refresh()

    def refresh(self) -> None:
        """Let the forge take up what changed on its branches."""
        self.process.world, events = noticed(self.process.world)
        for event in events:
            self.process.happened(event)

    @property
    def forge(self) -> Forge:
        return self.process.world.part(Forge)

    @forge.setter
    def forge(self, forge: Forge) -> None:
        if forge != self.process.world.part(Forge):
            self.process.world = self.process.world.having(forge)

    @property
    def api(self) -> str:
        """Where the forge's REST addresses begin, as gh's `ghinstance.RESTPrefix` has it."""
        host = self.process.environment.get("GH_HOST") or "github.com"
        if host == "github.localhost":
            return f"http://api.{host}/"
        return f"https://api.{host}/" if host == "github.com" else f"https://{host}/api/v3/"

    @property
    def clock(self) -> int:
        return self.process.clock

    @property
    def tty(self) -> bool:
        return self.process.tty

    @property
    def server(self) -> Repository | None:
        def change(world: World) -> None:
            self.process.world = world

        return Server(lambda: self.process.world, change).repository(self.name)

    def _from_remote(self) -> str:
        git = Git(self.process)
        repo = git.look()
        if repo is None:
            raise Told(
                "failed to run git: fatal: not a git repository (or any of the parent directories): .git\n"
            )
        urls = [repo.setting(f"remote.{name}.url") for name in repo.remotes()]
        projects = [project_of(url) for url in urls if project_of(url)]
        if not urls:
            raise Told("no git remotes found")
        if not projects:
            raise Told(
                "none of the git remotes configured for this repository point to a known GitHub host."
                " To tell gh about a new GitHub host, please use `gh auth login`"
            )
        return projects[0]

    def branch(self) -> str:
        repo = Git(self.process).look()
        return repo.branch if repo else ""

    def pull(self) -> Pull:
        """The one that was named by number, address or branch, or that of the current branch."""
        if not self.args.rest:
            return self._of_branch(self.branch())
        word = self.args.rest[0].removeprefix("#")
        if "/pull/" in word:
            word = word.rpartition("/pull/")[2].split("/")[0]
        return self.forge.pull(int(word[:9])) if word.isdecimal() else self._of_branch(word)

    def _of_branch(self, branch: str) -> Pull:
        of_branch = [one for one in self.forge.pulls if one.head == branch.rpartition(":")[2]]
        found = next((one for one in of_branch if one.state == "OPEN"), of_branch[0] if of_branch else None)
        if found is None:
            raise Told(f'no pull requests found for branch "{branch}"')
        return found

    def save(self, pull: Pull) -> None:
        self.forge = self.forge.having(pull)

    def url(self, pull: Pull) -> str:
        return f"https://github.com/{self.name}/pull/{pull.number}"

    def say(self, text: str) -> None:
        """What gh tells people and leaves out in a pipe."""
        if self.tty:
            self.process.error(text)


def signed_in(process: Process) -> bool:
    home = process.world.shell.home
    given = any(process.environment.get(name) for name in _TOKENS)
    return given or process.files.is_file(f"{home}/.config/gh/hosts.yml")


# --- printing ------------------------------------------------------------------------


def ago(seconds: int) -> str:
    if seconds < 60:
        return "less than a minute ago"
    for size, unit, limit in ((60, "minute", 60), (3600, "hour", 24), (86400, "day", 30)):
        if seconds // size < limit:
            count = seconds // size
            return f"about {count} {unit}{'' if count == 1 else 's'} ago"
    months = seconds // (30 * 86400)
    if months < 12:
        return f"about {months} month{'' if months == 1 else 's'} ago"
    return f"about {months // 12} year{'' if months < 24 else 's'} ago"


def short_ago(seconds: int) -> str:
    hours, rest = divmod(max(0, seconds), 3600)
    minutes, left = divmod(rest, 60)
    return (f"{hours}h" if hours else "") + (f"{minutes}m" if hours or minutes else "") + f"{left}s"


def table(rows: list[list[str]], *, tty: bool, width: int) -> str:
    """For a terminal in columns that fit its width; else one line each, cut by tabs."""
    if not tty:
        return "".join("\t".join(row) + "\n" for row in rows)
    widths = _widths(rows, width)
    made = ""
    for row in rows:
        cells = [_cut(cell, size) for cell, size in zip(row, widths, strict=True)]
        last = len(cells) - 1
        made += "  ".join(cell if n == last else cell.ljust(widths[n]) for n, cell in enumerate(cells)) + "\n"
    return made


def _widths(rows: list[list[str]], width: int) -> list[int]:
    """As gh shares a line out: short columns whole, the rest of the room between the others."""
    longest = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    fixed: list[int] = [0] * len(longest)

    def left() -> int:
        return width - 2 * (len(longest) - 1) - sum(fixed)

    for last in (False, True):
        open_ones = [n for n, size in enumerate(fixed) if not size]
        if not open_ones or left() <= 0:
            break
        share = left() // len(open_ones)
        for n in open_ones:
            if longest[n] < share:
                fixed[n] = longest[n]
            elif last:
                fixed[n] = share
    for n, size in enumerate(longest):
        if left() > 0 and size > fixed[n]:
            fixed[n] += min(left(), size - fixed[n])
    return fixed


def _cut(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    return text[: width - 3] + "..." if width > 5 else text[:width]


# --- JSON ------------------------------------------------------------------------------


def printed_json(process: Process, args: Args, value: Any) -> int:
    """The whole value, or what `--jq` asks of it."""
    if not args.has("--jq"):
        process.line(querying.go_json(value))
        return 0
    querying.printed(process, args.value("--jq"), value)
    return 0


def fields_of(args: Args, known: dict[str, Any]) -> dict[str, Any]:
    """The fields that `--json` names."""
    wanted = [name.strip() for name in args.value("--json").split(",") if name.strip()]
    for name in wanted:
        if name not in known:
            rows = "\n".join(f"  {one}" for one in sorted(known))
            raise Told(f'Unknown JSON field: "{name}"\nAvailable fields:\n{rows}')
    if not wanted:
        rows = "\n".join(f"  {one}" for one in sorted(known))
        raise Told(f"Specify one or more comma-separated fields for `--json`:\n{rows}")
    return {name: known[name] for name in wanted}
