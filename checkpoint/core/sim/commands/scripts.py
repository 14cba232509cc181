"""Files that are played by a row of the table instead of being read by the shell.

A guard's or hook's script stands in the world as a text that a learner can read. As long as it is that
text, its row runs; an edited one is read line by line like any script.
"""

from collections.abc import Callable

from checkpoint.core.sim.commands.guards import kube_context, sops_encrypted
from checkpoint.core.sim.commands.pre_commit import installing
from checkpoint.core.sim.commands.terraform import guard
from checkpoint.core.sim.parts.files import File
from checkpoint.core.sim.table import Command

Player = Callable[[str, File], Command | None]

PLAYERS: tuple[Player, ...] = (
    installing.installed_hook,
    guard.played,
    kube_context.player,
    sops_encrypted.player,
)
"""Each is asked in turn whether it knows the file at a path."""


def played_by(path: str, file: File) -> Command | None:
    """The row that plays a script, or None for one that the shell reads itself."""
    for player in PLAYERS:
        found = player(path, file)
        if found is not None:
            return found
    return None
