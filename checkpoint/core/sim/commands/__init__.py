"""The only list of tools: help, parsing, suggestions and what a scenario allows derive from it."""

from checkpoint.core.sim.commands import (
    age,
    coreutils,
    flux,
    gh,
    git,
    gitleaks,
    issuer,
    kubectl,
    kustomize,
    make,
    pre_commit,
    sops,
    terraform,
)
from checkpoint.core.sim.commands.guards import kube_context
from checkpoint.core.sim.commands.scripts import played_by
from checkpoint.core.sim.commands.sops import script
from checkpoint.core.sim.shell.builtins import BUILTINS
from checkpoint.core.sim.shell.interpret import Tools
from checkpoint.core.sim.start import SCRIPTS
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Command

_ROWS: tuple[Command, ...] = (
    *coreutils.ROWS,
    *git.ROWS,
    *gitleaks.ROWS,
    *pre_commit.ROWS,
    *terraform.ROWS,
    *age.ROWS,
    *sops.ROWS,
    *kubectl.ROWS,
    *flux.ROWS,
    *kustomize.ROWS,
    *gh.ROWS,
    *make.ROWS,
    *issuer.ROWS,
)

TOOLS = Tools({row.name: row for row in _ROWS}, BUILTINS, Gnu(), played_by)

SCRIPTS.update(kube_context.TEXTS)
SCRIPTS.update(script.TEXTS)
