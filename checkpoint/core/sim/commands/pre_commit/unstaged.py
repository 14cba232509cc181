"""Putting aside what isn't staged while hooks run, so that they see what would be committed."""

from dataclasses import dataclass

from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.commands.pre_commit.base import cache
from checkpoint.core.sim.parts.files import File, Files
from checkpoint.core.sim.parts.git.merging import merged_text
from checkpoint.core.sim.parts.git.objects import PROGRAM
from checkpoint.core.sim.parts.git.worktree import data_of, index_files, node_at, standing

_PERSON = "-4242"
"""Stands for the number of the process in the name of the patch."""


@dataclass(frozen=True, slots=True)
class Aside:
    """`before`: the files as they stood; `staged`: what stands in their place meanwhile."""

    git: Git
    before: Files
    staged: dict[str, bytes]
    patch: str

    def restored(self) -> None:
        """Bring the changes back; where a hook mended the same lines, its work is undone."""
        process = self.git.process
        made = {path: self._together(path) for path in self.staged}
        if any(data is None for data in made.values()):
            process.line("[WARNING] Stashed changes conflicted with hook auto-fixes... Rolling back fixes...")
            self._put({path: self._stood(path) for path in self.staged})
            self._undo()
        else:
            self._put({path: data for path, data in made.items() if data is not None})
        process.line(f"[INFO] Restored changes from {self.patch}.")

    def _stood(self, path: str) -> bytes | None:
        node = self.before.get(self._full(path), follow=False)
        return None if node is None else data_of(node)

    def _together(self, path: str) -> bytes | None:
        """What the learner had and what the hook made of it; None where both changed the same."""
        node = node_at(self.git.repo, path)
        now = data_of(node) if node else b""
        stood = self._stood(path)
        if now == self.staged[path]:
            return stood if stood is not None else b"\0deleted"
        if stood is None:
            return None
        merged, conflict = merged_text(self.staged[path], now, stood, "", "")
        return None if conflict else merged

    def _put(self, wanted: dict[str, bytes | None]) -> None:
        process = self.git.process
        for path, data in wanted.items():
            full = self._full(path)
            old = self.before.get(full, follow=False)
            if data is None or data == b"\0deleted":
                if process.files.get(full, follow=False) is not None:
                    process.files = process.files.remove(full)
            elif isinstance(old, File):
                process.files = process.files.put(full, File(data, old.mode, process.clock))

    def _undo(self) -> None:
        """Files that only hooks changed stand again as they are staged."""
        process = self.git.process
        standing_now = standing(self.git.repo)
        for path, (mode, oid) in index_files(self.git.repo).items():
            if path not in self.staged and standing_now.get(path) != (mode, oid):
                bits = 0o755 if mode == PROGRAM else 0o644
                data = self.git.repo.blob(oid)
                process.files = process.files.put(self._full(path), File(data, bits, process.clock))

    def _full(self, path: str) -> str:
        return f"{self.git.repo.work_tree}/{path}"


def put_aside(git: Git) -> Aside | None:
    """Let the working tree be as it is staged; None where it is."""
    process, repo = git.process, git.repo
    standing_now = standing(repo)
    dirty = {path: fact for path, fact in index_files(repo).items() if standing_now.get(path) != fact}
    if not dirty:
        return None
    patch = f"{cache(process)}/patch{process.clock}{_PERSON}"
    process.line("[WARNING] Unstaged files detected.")
    process.line(f"[INFO] Stashing unstaged files to {patch}.")
    before = process.files
    for path, (mode, oid) in dirty.items():
        full = f"{repo.work_tree}/{path}"
        process.files = process.files.make_folders(full.rpartition("/")[0], time=process.clock)
        bits = 0o755 if mode == PROGRAM else 0o644
        process.files = process.files.put(full, File(repo.blob(oid), bits, process.clock))
    return Aside(git, before, {path: repo.blob(oid) for path, (_, oid) in dirty.items()}, patch)
