"""terraform init, get, providers and version."""

import base64
import hashlib
import json

from checkpoint.core.sim.commands.terraform.desk import Desk, configured, run
from checkpoint.core.sim.parts.terraform.config import Config, Needed
from checkpoint.core.sim.parts.terraform.parse import parse
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Failed, Source, fail
from checkpoint.core.sim.parts.terraform.stores import Backend
from checkpoint.core.sim.parts.terraform.values import Value
from checkpoint.core.sim.parts.terraform.versions import VERSION, best, fits
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

LOCK = ".terraform.lock.hcl"

_EMPTY = """Terraform initialized in an empty directory!

The directory has no Terraform configuration files. You may begin working
with Terraform immediately by creating Terraform configuration files."""

_DONE = """
Terraform has been successfully initialized!"""

_NEXT = """
You may now begin working with Terraform. Try running "terraform plan" to see
any changes that are required for your infrastructure. All Terraform commands
should now work.

If you ever set or change modules or backend configuration for Terraform,
rerun this command to reinitialize your working directory. If you forget, other
commands will detect it and remind you to do so if necessary."""

_CREATED = """Terraform has created a lock file .terraform.lock.hcl to record the provider
selections it made above. Include this file in your version control repository
so that Terraform can guarantee to make the same selections by default when
you run "terraform init" in the future."""

_CHANGED = """Terraform has made some changes to the provider dependency selections recorded
in the .terraform.lock.hcl file. Review those changes and commit them to your
version control system if they represent changes you intended to make."""


def init(process: Process, args: Args) -> int:
    return run(process, args, _init)


def _init(desk: Desk) -> int:
    if desk.args.rest:
        raise fail("Too many command line arguments. Did you mean to use -chdir?")
    process = desk.process
    if not desk.sources():
        process.line(_EMPTY)
        return 0
    process.line("Initializing the backend...")
    config = _configuration(desk)
    if desk.args.value("-backend", "true") not in ("false", "0"):
        _backend(desk, config)
    process.line("Initializing provider plugins...")
    note = _providers(desk, config)
    if note:
        process.line(note)
    process.line(_DONE)
    process.line(_NEXT)
    return 0


def _configuration(desk: Desk) -> Config:
    """The configuration; what is wrong with it is told with an introduction."""
    try:
        return desk.config()
    except Failed as error:
        if any(one.summary == "Unsupported Terraform Core version" for one in error.diagnostics):
            raise
        summary = (
            "Terraform encountered problems during initialisation, including problems\nwith the "
            "configuration, "
            "described below.\n\nThe Terraform configuration must be valid before initialization so "
            "that\nTerraform "
            "can determine which modules and providers need to be installed."
        )
        raise Failed(Diagnostic(summary), *error.diagnostics) from None


def _backend(desk: Desk, config: Config) -> None:
    kept, wanted = desk.remembered(), configured(config.backend)
    wanted = _with_options(desk, wanted)
    if wanted is None and kept is None:
        return
    changed = kept is not None and (
        wanted is None
        or wanted[0] != kept[0]
        or any(kept[1].get(key) != one for key, one in wanted[1].items())
    )
    if changed and not desk.args.has("-reconfigure") and not desk.args.has("-migrate-state"):
        raise fail("Backend configuration changed", _MOVED)
    if kept is not None and not changed and not desk.args.has("-reconfigure"):
        return
    if changed and desk.args.has("-migrate-state"):
        _migrate(desk, kept, wanted)
    if wanted is None:
        desk.process.files = desk.process.files.remove(f"{desk.folder}/.terraform/terraform.tfstate")
        desk.process.line(
            f'Successfully unset the backend "{kept[0] if kept else ""}". Terraform will now operate locally.'
        )
        return
    if wanted[0] not in ("local", "s3"):
        kinds = ["azurerm", "consul", "cos", "gcs", "http", "inmem", "kubernetes", "oss", "pg", "remote"]
        if wanted[0] in kinds:
            raise fail(f'simulator: the backend "{wanted[0]}" is not simulated here')
        detail = f'There is no backend type named "{wanted[0]}".'
        assert config.backend is not None  # noqa: S101
        raise fail("Unsupported backend type", detail, config.backend.label_spans[0])
    _complete(config, wanted)
    desk.remember(*wanted)
    desk.process.line(
        f'\nSuccessfully configured the backend "{wanted[0]}"! Terraform will automatically\nuse this '
        "backend unless the backend configuration changes."
    )


def _with_options(
    desk: Desk, wanted: tuple[str, dict[str, Value]] | None
) -> tuple[str, dict[str, Value]] | None:
    """-backend-config adds settings: `key=value` or a file of them."""
    if wanted is None:
        return None
    settings = dict(wanted[1])
    for one in desk.args.values("-backend-config"):
        name, equals, value = one.partition("=")
        if equals:
            settings[name.strip()] = {"true": True, "false": False}.get(value, value)
            continue
        text = desk.text(one)
        if text is None:
            raise fail("Failed to read file", f"The file {json.dumps(one)} could not be read.")
        body = parse(Source(one, text))
        settings |= {key: getattr(setting.value, "value", None) for key, setting in body.settings.items()}
    return wanted[0], settings


def _complete(config: Config, wanted: tuple[str, dict[str, Value]]) -> None:
    if wanted[0] != "s3":
        return
    assert config.backend is not None  # noqa: S101
    for name, meaning in (("bucket", "bucket"), ("key", "key")):
        if not wanted[1].get(name):
            raise Failed(
                Diagnostic(
                    "Missing Required Value",
                    f'The attribute "{meaning}" is required by the backend.\n\nRefer to '
                    "the backend documentation for additional information which attributes are required.",
                    config.backend.header,
                    None,
                    "terraform",
                )
            )


def _migrate(
    desk: Desk, kept: tuple[str, dict[str, Value]] | None, wanted: tuple[str, dict[str, Value]] | None
) -> None:
    """Copy the state from the old place to the new one."""
    old = Backend(*(kept or ("local", {})), desk.folder, desk.workspace)
    new = Backend(*(wanted or ("local", {})), desk.folder, desk.workspace)
    state = old.read(desk.process.world)
    if state.is_empty or old.url == new.url:
        return
    process = desk.process
    process.out(_COPY.format(old.kind, new.kind))
    if not desk.args.has("-force-copy"):
        answer, _, process.stdin = process.stdin.partition("\n")
        process.line()
        if answer.strip() != "yes":
            if not answer:
                raise fail("error asking for state migration action: EOF")
            return
    process.world = new.write(process.world, state)


_COPY = (
    "Do you want to copy existing state to the new backend?\n  Pre-existing state was found while "
    "migrating the previous "
    '"{0}" backend to the\n  newly configured "{1}" backend. No existing state was found in the '
    'newly\n  configured "{1}" '
    'backend. Do you want to copy this state to the new "{1}"\n  backend? Enter "yes" to copy and "no" '
    "to start with an "
    "empty state.\n\n  Enter a value: "
)
_MOVED = (
    "A change in the backend configuration has been detected, which may require migrating existing "
    "state.\n\nIf you wish "
    'to attempt automatic migration of the state, use "terraform init -migrate-state".\nIf you wish to '
    "store the current "
    'configuration with no changes to the state, use "terraform init -reconfigure".'
)

# --- providers --------------------------------------------------------------------


def selections(desk: Desk) -> dict[str, str]:
    """Address -> version of every provider in the lock file."""
    text = desk.text(LOCK)
    if not text:
        return {}
    found = {}
    for block in parse(Source(LOCK, text)).of("provider"):
        setting = block.body.settings.get("version")
        if block.labels and setting is not None:
            found[block.labels[0]] = str(getattr(setting.value, "value", ""))
    return found


def _providers(desk: Desk, config: Config) -> str:
    """Install what is needed; gives the note on the lock file, if it changed."""
    process, kept = desk.process, selections(desk)
    chosen: dict[str, tuple[str, str]] = {}
    upgrade = desk.args.has("-upgrade")
    steps = []
    for one in config.needed():
        if one.is_built_in:
            process.line(f"- {one.address} is built in to Terraform")
            continue
        locked = "" if upgrade else kept.get(one.address, "")
        if locked:
            process.line(f"- Reusing previous version of {one.source} from the dependency lock file")
        elif one.constraint:
            process.line(f'- Finding {one.source} versions matching "{one.constraint}"...')
        else:
            process.line(f"- Finding latest version of {one.source}...")
        version = locked or best(one.source, one.constraint)
        if locked and not fits(locked, one.constraint):
            raise fail(
                "Failed to query available provider packages",
                _CONFLICT.format(one.source, one.address, locked, one.constraint),
            )
        if not version:
            raise _missing(one)
        steps.append((one, version))
    for one, version in steps:
        _install(desk, one, version)
        chosen[one.address] = (version, one.constraint)
    if not chosen:
        return ""
    before = desk.text(LOCK)
    text = _lock_file(chosen)
    if {address: version for address, (version, _) in chosen.items()} == kept and before is not None:
        return ""
    desk.write(LOCK, text)
    return _CREATED if before is None else _CHANGED


def _install(desk: Desk, one: Needed, version: str) -> None:
    name = one.source.rpartition("/")[2]
    path = f".terraform/providers/{one.address}/{version}/linux_amd64"
    if desk.process.files.is_folder(f"{desk.folder}/{path}"):
        desk.process.line(f"- Using previously-installed {one.source} v{version}")
        return
    desk.process.line(f"- Installing {one.source} v{version}...")
    by = (
        "signed by HashiCorp"
        if one.source.startswith("hashicorp/")
        else "self-signed, key ID 0000000000000000"
    )
    desk.process.line(f"- Installed {one.source} v{version} ({by})")
    desk.write(f"{path}/terraform-provider-{name}_v{version}_x5", "a provider's program stands here\n")


def _missing(one: Needed) -> Failed:
    if best(one.source, ""):
        detail = (
            f"Could not retrieve the list of available versions for provider {one.source}: no "
            "available releases "
            f"match the given constraints {one.constraint}\n\nTo see which modules are currently "
            "depending on "
            f"{one.source} and what versions are specified, run the following command:\n    terraform "
            "providers"
        )
    else:
        detail = (
            f"Could not retrieve the list of available versions for provider {one.source}: provider registry "
            f"registry.terraform.io does not have a provider named {one.address}\n\nAll modules should "
            "specify "
            "their required_providers so that external consumers will get the correct providers when using a "
            "module. To see which modules are currently depending on "
            f"{one.source}, run the following command:\n    terraform providers"
        )
    return fail("Failed to query available provider packages", detail)


_CONFLICT = (
    "Could not retrieve the list of available versions for provider {0}: locked provider {1} {2} does "
    "not match "
    "configured version constraint {3}; must use terraform init -upgrade to allow selection of new "
    "versions\n\nTo see "
    "which modules are currently depending on {0} and what versions are specified, run the following "
    "command:\n    "
    "terraform providers"
)


def _lock_file(chosen: dict[str, tuple[str, str]]) -> str:
    out = [
        '# This file is maintained automatically by "terraform init".\n'
        "# Manual edits may be lost in future updates.\n"
    ]
    for address in sorted(chosen):
        version, constraint = chosen[address]
        rows = [f'  version     = "{version}"' if constraint else f'  version = "{version}"']
        if constraint:
            rows.append(f'  constraints = "{constraint}"')
        rows.append(f'  hashes = [\n    "h1:{_sum(address + version)}",\n  ]')
        out.append(f'provider "{address}" {{\n' + "\n".join(rows) + "\n}\n")
    return "\n".join(out)


def _sum(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def get(process: Process, args: Args) -> int:
    return run(process, args, lambda desk: 0 * len(desk.config().sources))


def providers(process: Process, args: Args) -> int:
    return run(process, args, _show_providers)


def _show_providers(desk: Desk) -> int:
    config = desk.config()
    if not config.sources:
        desk.show(
            Diagnostic(
                "No configuration files",
                f"The directory {desk.folder} contains no Terraform configuration files.",
            )
        )
        desk.process.error("")
        return 1
    needed = config.needed()
    lines = []
    for place, one in enumerate(needed):
        branch = "└──" if place == len(needed) - 1 else "├──"
        lines.append(f"{branch} provider[{one.address}]{' ' + one.constraint if one.constraint else ''}\n")
    desk.process.out("\nProviders required by configuration:\n.\n" + "".join(lines) + "\n")
    backend = desk.backend()
    used = sorted({one.provider for one in backend.read(desk.process.world).instances.values()})
    if used:
        desk.process.out(
            "Providers required by state:\n\n" + "".join(f"    provider[{one}]\n\n" for one in used)
        )
    return 0


def version(process: Process, args: Args) -> int:
    desk = Desk(process, args)
    chosen = selections(desk)
    if args.has("-json"):
        facts = {
            "terraform_version": VERSION,
            "platform": "linux_amd64",
            "provider_selections": chosen,
            "terraform_outdated": False,
        }
        process.line(json.dumps(facts, indent=2))
        return 0
    process.line(f"Terraform v{VERSION}\non linux_amd64")
    for address, number in sorted(chosen.items()):
        process.line(f"+ provider {address} v{number}")
    return 0
