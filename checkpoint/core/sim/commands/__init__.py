"""The only list of tools: help, parsing, suggestions and what a scenario allows derive from it."""

from collections.abc import Iterable
from dataclasses import replace

from checkpoint.core.sim.commands import (
    age,
    awk,
    coreutils,
    flux,
    gh,
    git,
    gitleaks,
    issuer,
    jq,
    kubectl,
    kustomize,
    make,
    pre_commit,
    sops,
    terraform,
    yq,
)
from checkpoint.core.sim.commands.guards import kube_context, sops_encrypted
from checkpoint.core.sim.commands.scripts import played_by
from checkpoint.core.sim.commands.sops import script
from checkpoint.core.sim.shell.builtins import BUILTINS
from checkpoint.core.sim.shell.interpret import Tools
from checkpoint.core.sim.start import SCRIPTS
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Command

_ROWS: tuple[Command, ...] = (
    *coreutils.ROWS,
    *awk.ROWS,
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
    *jq.ROWS,
    *yq.ROWS,
)

FOREIGN = frozenset(
    [
        "ansible",
        "apt",
        "apt-get",
        "aws",
        "az",
        "buildah",
        "cargo",
        "crictl",
        "crontab",
        "curl",
        "df",
        "docker",
        "du",
        "file",
        "gcloud",
        "go",
        "gpg",
        "gzip",
        "helm",
        "htop",
        "ip",
        "k9s",
        "kind",
        "man",
        "minikube",
        "nc",
        "nerdctl",
        "node",
        "npm",
        "openssl",
        "patch",
        "perl",
        "pip",
        "podman",
        "ps",
        "python",
        "python3",
        "rsync",
        "ruby",
        "scp",
        "ssh",
        "su",
        "sudo",
        "systemctl",
        "tar",
        "tmux",
        "tofu",
        "top",
        "trivy",
        "unzip",
        "vault",
        "watch",
        "wget",
        "yes",
        "zip",
    ]
)
"""Well-known tools that this machine doesn't have; saying so helps more than `command not found`."""

EVERYWHERE = frozenset(row.name for row in (*coreutils.ROWS, *awk.ROWS))
"""What a scenario can't take away."""

TOOLS = Tools({row.name: row for row in _ROWS}, BUILTINS, Gnu(), played_by, FOREIGN)


def narrowed(names: Iterable[str]) -> Tools:
    """The tools of an exercise: those named and the shell's surroundings; all where none is named."""
    wanted = {*names, *EVERYWHERE} if names else set(TOOLS.rows)
    rows = {name: row for name, row in TOOLS.rows.items() if name in wanted}
    return replace(TOOLS, rows=rows, apart=frozenset(TOOLS.rows.keys() - rows.keys()) | FOREIGN)


SCRIPTS.update(kube_context.TEXTS)
SCRIPTS.update(sops_encrypted.TEXTS)
SCRIPTS.update(script.TEXTS)
