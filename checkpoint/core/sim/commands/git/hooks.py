"""Running a repository's hooks: scripts in `.git/hooks` that may stop a commit or a push."""

from dataclasses import replace

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.events import GuardrailActed
from checkpoint.core.sim.outcome import Chunk
from checkpoint.core.sim.parts.files import File

GUARDRAIL = "pre-commit"
_ASKED = ("pre-commit", "pre-merge-commit", "prepare-commit-msg", "commit-msg", "pre-push")
"""Hooks that may refuse, and so are the guardrail at work. The others only follow."""


def hook_path(git: Git, name: str, *, warn: bool = False) -> str:
    """Where a hook stands, empty where there is none that can be run."""
    folder = git.setting("core.hooksPath")
    top = git.repo.work_tree or git.repo.folder
    base = git.process.path(folder) if folder else f"{git.repo.folder}/hooks"
    if folder and not folder.startswith("/"):
        base = f"{top}/{folder}"
    path = f"{base.rstrip('/')}/{name}"
    node = git.process.files.get(path)
    if (
        isinstance(node, File)
        and not node.mode & 0o100
        and warn
        and git.setting("advice.ignoredHook") != "false"
    ):
        shown = path.removeprefix(f"{top}/")
        git.error(f"hint: The '{shown}' hook was ignored because it's not set as executable.")
        git.error("hint: You can disable this warning with `git config advice.ignoredHook false`.")
    return path if isinstance(node, File) and node.mode & 0o100 else ""


def run_hook(git: Git, name: str, *words: str, stdin: str = "") -> int:
    """The hook's exit code, 0 where there is none; only of pre-push output stays on standard output."""
    path = hook_path(git, name, warn=True)
    if not path:
        return 0
    process = git.process
    if name in _ASKED and GUARDRAIL in process.world.off:
        if name == GUARDRAIL:
            process.happened(GuardrailActed(GUARDRAIL, "git", "off"))
        return 0
    kept = process.cwd
    said = len(process.chunks)
    _stand(git, git.repo.work_tree or git.repo.folder)
    code = process.spawn(process, (path, *words), stdin)
    _stand(git, kept)
    if name != "pre-push":
        process.chunks[said:] = [Chunk("err", chunk.text) for chunk in process.chunks[said:]]
    if name == GUARDRAIL:
        process.happened(GuardrailActed(GUARDRAIL, "git", "caught" if code else "passed"))
    elif name in _ASKED and code:
        process.happened(GuardrailActed(GUARDRAIL, "git", "caught", name))
    return code


def _stand(git: Git, folder: str) -> None:
    world = git.process.world
    git.process.world = replace(world, shell=replace(world.shell, cwd=folder))


def bypassed(git: Git, name: str) -> None:
    """Note that a hook that is there was told to stay quiet."""
    if hook_path(git, name):
        about = "--no-verify" if name == GUARDRAIL else f"{name} --no-verify"
        git.process.happened(GuardrailActed(GUARDRAIL, "git", "bypassed", about))


def how(git: Git, skipped: bool) -> str:
    """ran, bypassed, absent or off: what became of the pre-commit hook of a commit."""
    if not hook_path(git, GUARDRAIL):
        return "absent"
    if skipped:
        return "bypassed"
    return "off" if GUARDRAIL in git.process.world.off else "ran"
