"""What every git command needs: the repository, who acts, paths, and git's way of complaining."""

import json
import re
from dataclasses import dataclass, replace

from checkpoint.core.sim.commands.git.described import usage
from checkpoint.core.sim.parts.files import File, decoded
from checkpoint.core.sim.parts.git import config
from checkpoint.core.sim.parts.git.objects import Oid, Person
from checkpoint.core.sim.parts.git.repository import GitError, Repository, found_at
from checkpoint.core.sim.parts.git.revisions import commit_named
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Command, UsageError

SHORT = 7
"""Digits of an abbreviated name."""
PARAMETERS = "GIT_CONFIG_PARAMETERS"
"""Environment variable that carries `-c name=value` to a command, as in git itself."""

NOT_A_REPOSITORY = "fatal: not a git repository (or any of the parent directories): .git"


@dataclass(frozen=True, slots=True)
class GitStyle:
    """Parses and complains as git's own option parser."""

    single_dash: bool = False
    abbreviates: bool = True
    stops: bool = False

    def unknown(self, command: Command, typed: str) -> UsageError:
        kind = "option" if typed.startswith("--") else "switch"
        if command.name in ("log", "show", "reflog"):
            return UsageError(f"fatal: unrecognized argument: {typed}", 128)
        if command.name == "diff":
            return UsageError(f"error: invalid option: {typed}", 255)
        if command.name in ("cherry-pick", "revert", "rev-list"):
            return UsageError(usage(command), 129)
        if command.name in ("blame", "shortlog"):
            return UsageError(f"error: unknown {kind} `{typed}'\n{usage(command)}", 129)
        return UsageError(f"error: unknown {kind} `{typed.lstrip('-')}'\n{usage(command)}", 129)

    def lacks_value(self, command: Command, typed: str) -> UsageError:  # noqa: ARG002
        kind = "option" if typed.startswith("--") else "switch"
        return UsageError(f"error: {kind} `{typed.lstrip('-')}' requires a value", 129)

    def unwanted_value(self, command: Command, typed: str) -> UsageError:  # noqa: ARG002
        name = typed.lstrip("-").partition("=")[0]
        return UsageError(f"error: option `{name}' takes no value", 129)

    def unknown_subcommand(self, command: Command, typed: str) -> UsageError:
        return UsageError(f"error: unknown subcommand: `{typed}'\n{usage(command)}", 129)


class Git:
    """One git command at work in a repository."""

    def __init__(self, process: Process, repository: Repository | None = None) -> None:
        self.process = process
        self._repository = repository

    # --- where ---------------------------------------------------------------

    @property
    def repo(self) -> Repository:
        if self._repository is None:
            self._repository = self.look()
        if self._repository is None:
            raise GitError(NOT_A_REPOSITORY)
        return self._repository

    def look(self) -> Repository | None:
        return found_at(self.process, self.process.cwd)

    def tree(self) -> Repository:
        """The repository, which has to have a working tree."""
        if self.repo.bare:
            raise GitError("fatal: this operation must be run in a work tree")
        return self.repo

    @property
    def prefix(self) -> str:
        """The current folder below the working tree, with a slash, or nothing."""
        top = self.repo.work_tree or ""
        inside = self.process.cwd[len(top) :].strip("/")
        return f"{inside}/" if inside else ""

    def inside(self, typed: str) -> str:
        """A path as typed, relative to the working tree; `.` of the top is nothing."""
        top = (self.tree().work_tree or "").rstrip("/")
        full = self.process.path(typed).rstrip("/")
        if full == top:
            return ""
        if not full.startswith(top + "/"):
            raise GitError(f"fatal: {typed}: '{typed}' is outside repository at '{top}'")
        return full[len(top) + 1 :]

    def shown(self, path: str) -> str:
        """A path of the working tree relative to the current folder."""
        above = self.prefix.strip("/").split("/") if self.prefix else []
        parts = path.split("/")
        while above and len(parts) > 1 and above[0] == parts[0]:
            above, parts = above[1:], parts[1:]
        return "../" * len(above) + "/".join(parts)

    # --- settings ------------------------------------------------------------

    def setting(self, key: str, default: str = "") -> str:
        """A configuration value: given with -c, the repository's, or the person's own."""
        values = [one.value for one in self.settings() if one.key == config.normal(key)]
        return values[-1] if values else default

    def settings(self) -> list[config.Setting]:
        repository = self._repository or self.look()
        own = repository.settings() if repository else ()
        return [*config.settings(self.personal()), *own, *self.given()]

    def given(self) -> list[config.Setting]:
        text = self.process.environment.get(PARAMETERS, "")
        try:
            pairs = json.loads(text) if text else []
        except ValueError:
            return []
        return [config.Setting(config.normal(str(key)), str(value)) for key, value in pairs]

    def personal(self) -> str:
        node = self.process.files.get(f"{self.process.world.shell.home}/.gitconfig")
        return decoded(node.data) if isinstance(node, File) else ""

    # --- who -----------------------------------------------------------------

    def person(self, role: str) -> Person:
        """AUTHOR or COMMITTER, now."""
        environment = self.process.environment
        name = environment.get(f"GIT_{role}_NAME") or self.setting("user.name")
        email = environment.get(f"GIT_{role}_EMAIL") or self.setting("user.email")
        if not name or not email:
            raise GitError(
                f"{role.capitalize()} identity unknown\n\n*** Please tell me who you are.\n\nRun\n\n"
                '  git config --global user.email "you@example.com"\n'
                '  git config --global user.name "Your Name"\n\n'
                "to set your account's default identity.\n"
                "Omit --global to set the identity only in this repository.\n\n"
                "fatal: unable to auto-detect email address (got "
                f"'{self.process.world.shell.user}@{self.process.world.host}.(none)')"
            )
        stamp = re.fullmatch(r"@?(\d{1,11})( [-+]\d{4})?", environment.get(f"GIT_{role}_DATE", ""))
        time = int(stamp[1]) if stamp else self.process.clock
        return Person(name, email, time, (stamp[2] or " +0000").strip() if stamp else "+0000")

    def me(self) -> Person:
        return self.person("COMMITTER")

    # --- names ---------------------------------------------------------------

    def head(self) -> Oid:
        """HEAD's commit; git's complaint where there is none yet."""
        oid = self.repo.head
        if oid is None:
            raise GitError(
                "fatal: ambiguous argument 'HEAD': unknown revision or path not in the working tree.\n"
                "Use '--' to separate paths from revisions, like this:\n"
                "'git <command> [<revision>...] -- [<file>...]'"
            )
        return oid

    def commit(self, text: str) -> Oid:
        return commit_named(self.repo, text)

    def short(self, oid: Oid) -> str:
        """Abbreviated, longer where seven digits aren't enough."""
        return oid[:SHORT]

    def line(self, text: str = "") -> None:
        self.process.line(text)

    def error(self, text: str) -> None:
        self.process.error(text)


def moved_into(process: Process, folder: str) -> None:
    """Make another folder the current one for the rest of a command (`-C`)."""
    process.world = replace(process.world, shell=replace(process.world.shell, cwd=folder))
