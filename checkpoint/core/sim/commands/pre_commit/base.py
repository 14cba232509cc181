"""What every subcommand of pre-commit needs: the configuration, and errors told on standard output."""

from collections.abc import Callable

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.pre_commit.configuration import BadConfig, Configuration, read
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import File, decoded
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.process import Process


class Fatal(SimError):
    """Something that ends a run; `message` is its kind and what it says."""


class Unexpected(SimError):
    """Something that the framework didn't reckon with."""


def cache(process: Process) -> str:
    """Where the framework keeps what it made."""
    environment = process.environment
    base = environment.get("XDG_CACHE_HOME") or f"{process.world.shell.home}/.cache"
    return environment.get("PRE_COMMIT_HOME") or f"{base}/pre-commit"


def configured(git: Git, name: str, *, quiet: bool = False) -> Configuration:
    """The configuration file `name` of the working tree; warnings about it are printed unless `quiet`."""
    node = git.process.files.get(f"{git.tree().work_tree}/{name}")
    if not isinstance(node, File):
        raise BadConfig(f"\n=====> {name} is not a file")
    found = read(decoded(node.data), name)
    for one in () if quiet else found.warnings:
        git.process.line(f"[WARNING] {one}")
    return found


def ending(process: Process, run: Callable[[], int]) -> int:
    """The exit code of `run`; an error ends it as it ends the framework: told on standard output, then
    where its log is."""
    try:
        return run()
    except BadConfig as error:
        return _ended(process, f"InvalidConfigError: {error.message}")
    except Fatal as error:
        return _ended(process, error.message)
    except Unexpected as error:
        _ended(process, error.message, "An unexpected error")
        return 3
    except GitError as error:
        if "not a git repository" not in error.message:
            raise
        told = "FatalError: git failed. Is it installed, and are you in a Git repository directory?"
        return _ended(process, told)


def _ended(process: Process, told: str, what: str = "An error") -> int:
    process.line(f"{what} has occurred: {told}")
    process.line(f"Check the log at {cache(process)}/pre-commit.log")
    return 1
