"""The pre-commit framework, as version 4 behaves, with the hooks that the course uses."""

from checkpoint.core.sim.commands.pre_commit import fixers, framework
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Command, Option

_RUN = (
    Option(("-a", "--all-files")),
    Option(("--files",), "FILE"),
    Option(("--hook-stage",), "STAGE"),
    Option(("-v", "--verbose")),
    Option(("--show-diff-on-failure",)),
    Option(("--color",), "WHEN"),
    Option(("-c", "--config"), "FILE"),
    Option(("--from-ref",), "REF", simulated=False),
    Option(("--to-ref",), "REF", simulated=False),
)
_INSTALL = (
    Option(("-t", "--hook-type"), "TYPE"),
    Option(("-f", "--overwrite")),
    Option(("--install-hooks",)),
    Option(("--allow-missing-config",)),
    Option(("-c", "--config"), "FILE"),
)

ROWS = (
    Command(
        "pre-commit",
        "run checks before a commit",
        framework.run,
        "<command>",
        _RUN,
        subcommands=(
            Command("pre-commit run", "run hooks", framework.run, "[options] [hook]", _RUN),
            Command(
                "pre-commit install", "install the hook scripts", framework.install, "[options]", _INSTALL
            ),
            Command(
                "pre-commit uninstall", "remove the hook scripts", framework.uninstall, "[options]", _INSTALL
            ),
            Command("pre-commit validate-config", "check the configuration", framework.validate, "[FILE]..."),
            Command("pre-commit install-hooks", "make hook environments", framework.nothing),
            Command("pre-commit clean", "drop hook environments", framework.cleaned),
            Command("pre-commit hook-impl", "what an installed hook calls", framework.hook, raw=True),
        ),
        absent=("autoupdate", "gc", "init-templatedir", "migrate-config", "sample-config", "try-repo"),
        style=Gnu(),
    ),
    *fixers.ROWS,
)
