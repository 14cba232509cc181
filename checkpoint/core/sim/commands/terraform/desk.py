"""What every Terraform command needs: the folder's configuration, variables, backend, state and lock."""

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from checkpoint.core.sim.actors import Schedule, catch_up
from checkpoint.core.sim.commands.terraform import boxes
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.parts.files import FileError, decoded, encoded
from checkpoint.core.sim.parts.terraform import syntax as s
from checkpoint.core.sim.parts.terraform.config import Config, load
from checkpoint.core.sim.parts.terraform.evaluate import Evaluator, NoNames
from checkpoint.core.sim.parts.terraform.events import LockRefused
from checkpoint.core.sim.parts.terraform.planning import Mode, Plan, Request, plan
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Diagnostics, Failed, Source, fail
from checkpoint.core.sim.parts.terraform.state import BadState, Object, State
from checkpoint.core.sim.parts.terraform.stores import Backend, Lock, Locked, real
from checkpoint.core.sim.parts.terraform.values import Value, bare, from_json, to_json
from checkpoint.core.sim.parts.terraform.variables import Given, gather
from checkpoint.core.sim.parts.terraform.versions import VERSION
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

Typed = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Desk:
    """One command at work in its folder."""

    process: Process
    args: Args
    locking: bool = False
    """Whether this command takes the lock: then that is where an unreadable state is found."""

    @property
    def folder(self) -> str:
        return self.process.cwd

    @property
    def plain(self) -> bool:
        return self.args.has("-no-color")

    # --- files ---------------------------------------------------------------

    def text(self, name: str) -> str | None:
        path = name if name.startswith("/") else f"{self.folder}/{name}"
        try:
            return decoded(self.process.files.read(path))
        except FileError:
            return None

    def write(self, name: str, text: str) -> None:
        path = f"{self.folder}/{name}"
        files = self.process.files.make_folders(path.rpartition("/")[0], time=self.process.clock)
        self.process.files = files.write(path, encoded(text), time=self.process.clock)

    def write_at(self, path: str, text: str, mode: str) -> None:
        """A file that a resource makes."""
        bits = (
            int(mode, 8) if mode.isdecimal() and all(one < "8" for one in mode) and len(mode) < 6 else 0o777
        )
        files = self.process.files.make_folders(path.rpartition("/")[0], time=self.process.clock)
        self.process.files = files.write(path, encoded(text), mode=bits, time=self.process.clock)

    def names(self) -> list[str]:
        return self.process.files.names(self.folder) if self.process.files.is_folder(self.folder) else []

    def sources(self) -> list[Source]:
        found = []
        for name in self.names():
            if name.endswith(".tf.json"):
                raise SimError(
                    "simulator: Terraform's JSON configuration is not simulated here; nothing was done", 2
                )
            if name.endswith(".tf") and not name.startswith("."):
                found.append(Source(name, self.text(name) or ""))
        return found

    def config(self) -> Config:
        return load(self.sources())

    def variables(self, config: Config, problems: Diagnostics) -> dict[str, Given]:
        names = self.names()
        chosen: list[str] = [one for one in ("terraform.tfvars", "terraform.tfvars.json") if one in names]
        chosen += [one for one in names if one.endswith((".auto.tfvars", ".auto.tfvars.json"))]
        files = [Source(name, self.text(name) or "") for name in chosen]
        typed = [(key, value) for key, value in ordered(self.process.words)]
        return gather(config.variables, self.process.environment, files, typed, self.text, problems)

    # --- backend -------------------------------------------------------------

    @property
    def workspace(self) -> str:
        named = (
            self.process.environment.get("TF_WORKSPACE")
            or (self.text(".terraform/environment") or "").strip()
        )
        return named or "default"

    def remembered(self) -> tuple[str, dict[str, Value]] | None:
        """Kind and settings of the backend that `init` wrote down."""
        text = self.text(".terraform/terraform.tfstate")
        try:
            found = json.loads(text)["backend"] if text else None
        except (ValueError, KeyError, TypeError):
            return None
        if not isinstance(found, dict):
            return None
        settings = {name: from_json(one) for name, one in found.get("config", {}).items() if one is not None}
        return str(found.get("type")), settings

    def remember(self, kind: str, settings: Mapping[str, Value]) -> None:
        known = {
            name: to_json(settings.get(name)) for name in sorted({*settings, *KNOWN_SETTINGS.get(kind, ())})
        }
        facts = {
            "version": 3,
            "terraform_version": VERSION,
            "backend": {"type": kind, "config": known, "hash": zlib.crc32(json.dumps(known).encode())},
        }
        self.write(".terraform/terraform.tfstate", json.dumps(facts, indent=2))

    def backend(self, config: Config | None = None) -> Backend:
        """Where the state is. Raises Failed if `init` has to be run first."""
        kept = self.remembered()
        if config is not None:
            wanted = configured(config.backend)
            why = ""
            if wanted is None and kept is not None:
                why = f'Unsetting the previously set backend "{kept[0]}"'
            elif wanted is not None and kept is None:
                why = f'Initial configuration of the requested backend "{wanted[0]}"'
            elif wanted is not None and kept is not None:
                if wanted[0] != kept[0]:
                    why = f'Backend type changed from "{kept[0]}" to "{wanted[0]}"'
                elif any(kept[1].get(name) != value for name, value in wanted[1].items()):
                    why = "Backend configuration block has changed"
            if why:
                mark = ":" if "changed" in why else ","
                raise fail(
                    f'Backend initialization required{mark} please run "terraform init"', _INIT.format(why)
                )
        kind, settings = kept or ("local", {})
        return Backend(kind, settings, self.folder, self.workspace)

    def state(self, backend: Backend) -> State:
        try:
            return backend.read(self.process.world)
        except BadState as error:
            raise fail(
                "Failed to load state" if not self.locking else "Error acquiring the state lock",
                (f"Error message: {error.message}\n\n{_LOCKED}" if self.locking else error.message),
            ) from None

    # --- lock ----------------------------------------------------------------

    def lock(self, backend: Backend, operation: str) -> None:
        """Take the lock for the length of this command. Raises Failed if somebody has it."""
        self.locking = True
        if self.args.value("-lock", "true") in ("false", "0", "f", "F", "FALSE", "False"):
            return
        try:
            backend.check_lock(self.process.world)
        except Locked as error:
            if self.waited(backend):
                return
            lock = error.lock
            self.process.happened(LockRefused(backend.url, lock.id, lock.who, operation))
            detail = f"Error message: {error.why}\n{lock_info(lock)}\n\n\n{_LOCKED}"
            raise fail("Error acquiring the state lock", detail) from None

    def waited(self, backend: Backend) -> bool:
        """Let the -lock-timeout pass; whether the lock came free in the meantime."""
        seconds = duration(self.args.value("-lock-timeout", "0s"))
        if not seconds:
            return False
        self.process.line("Acquiring state lock. This may take a few moments...")
        end = self.process.clock + seconds
        moments = sorted({one.at for one in self.process.world.part(Schedule).due if one.at <= end} | {end})
        for moment in moments:
            later = replace(self.process.world, clock=max(moment, self.process.clock))
            self.process.world, events = catch_up(later, noticed=False)
            self.process.events += events
            if backend.holder(self.process.world) is None:
                return True
        return False

    # --- planning ------------------------------------------------------------

    def request(self, config: Config, mode: Mode, problems: Diagnostics) -> Request:
        given = self.variables(config, problems)
        problems.check()
        given = self.prompted(config, given)
        return Request(
            config,
            given,
            mode,
            self.args.value("-refresh", "true") not in ("false", "0"),
            tuple(self.args.values("-target")),
            tuple(self.args.values("-replace")),
            self.workspace,
            self.folder,
            self.text,
        )

    def prompted(self, config: Config, given: dict[str, Given]) -> dict[str, Given]:
        """Values that are asked for because nothing gives them."""
        if (
            self.args.value("-input", "true") in ("false", "0")
            or self.process.environment.get("TF_INPUT") == "0"
        ):
            return given
        lines = self.process.stdin.split("\n")
        for name, variable in sorted(config.variables.items()):
            if name in given or variable.has_default:
                continue
            note = variable.block.body.settings.get("description")
            text = f"  {note.value.value}\n\n" if note and isinstance(note.value, s.Literal) else ""
            self.process.out(f"var.{name}\n{text}  Enter a value: ")
            if not lines or (len(lines) == 1 and not lines[0]):
                break
            value = lines.pop(0)
            self.process.stdin = "\n".join(lines)
            self.process.line()
            given = {**given, name: Given(value, "interactively")}
        return given

    def plan(self, request: Request, state: State) -> Plan:
        world = self.process.world

        def refresh(one: Object) -> Mapping[str, Value] | None:
            return real(world, one.address, one.attributes)

        return plan(request, state, refresh)

    def show(self, *found: Diagnostic) -> int:
        return boxes.show(self.process, found, plain=self.plain)


class HelpFailed(Failed):
    """About the words of the command: the diagnostics, then where to read more."""


def run(process: Process, args: Args, work: Callable[[Desk], int], *, spaced: bool = False) -> int:
    """Run a command's work and show what it fails with; `spaced` commands print an empty line after it."""
    desk = Desk(process, args)
    try:
        return work(desk)
    except Failed as error:
        desk.show(*error.diagnostics)
        if isinstance(error, HelpFailed):
            name = " ".join(one for one in process.words if not one.startswith("-"))
            path = name.split(" ")
            process.error(more_help(" ".join(path[:2])))
        elif spaced:
            process.error("")
        return 1
    except RecursionError:
        raise Exhausted("a configuration nests too deep") from None


def more_help(path: str) -> str:
    return f"\nFor more help on using this command, run:\n  {path} -help"


def ordered(words: tuple[str, ...]) -> Typed:
    """-var and -var-file in the order in which they were typed."""
    found, at = [], 0
    while at < len(words):
        word = words[at].replace("--", "-", 1) if words[at].startswith("--") else words[at]
        name, equals, value = word.partition("=")
        if name in ("-var", "-var-file"):
            if not equals:
                at += 1
                value = words[at] if at < len(words) else ""
            found.append((name, value))
        at += 1
    return tuple(found)


def configured(block: s.Block | None) -> tuple[str, dict[str, Value]] | None:
    """Kind and settings of a backend block."""
    if block is None:
        return None
    evaluator = Evaluator(NoNames())
    settings = {name: bare(evaluator(one.value)) for name, one in block.body.settings.items()}
    return block.labels[0] if block.labels else "local", {
        name: one for name, one in settings.items() if one is not None
    }


def lock_info(lock: Lock) -> str:
    """The block of facts about a lock, without a newline at its end."""
    created = lock.created.replace("T", " ").removesuffix("Z")
    whole, point, digits = created.partition(".")
    created = f"{whole}{point}{digits.rstrip('0')}" if digits.rstrip("0") else whole
    rows = (
        ("ID", lock.id),
        ("Path", lock.path),
        ("Operation", lock.operation),
        ("Who", lock.who),
        ("Version", lock.version),
        ("Created", f"{created} +0000 UTC"),
        ("Info", lock.info),
    )
    return "Lock Info:\n" + "\n".join(f"  {name + ':':<10} {value}" for name, value in rows)


_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "us": 0.000001, "ns": 0.0}


def duration(text: str) -> int:
    """Seconds of a Go duration (`1m30s`), at most a day; 0 for what is none."""
    total, number, unit = 0.0, "", ""
    for char in text + "0":
        if char.isdecimal() or char == ".":
            if unit:
                if unit not in _UNITS or not number.replace(".", "", 1).isdecimal():
                    return 0
                total += float(number) * _UNITS[unit]
                number, unit = "", ""
            number += char
        else:
            unit += char
        if len(number) > 12:
            return 0
    return min(int(total), 86_400)


KNOWN_SETTINGS = {
    "local": ("path", "workspace_dir"),
    "s3": (
        "access_key",
        "acl",
        "allowed_account_ids",
        "assume_role",
        "bucket",
        "dynamodb_endpoint",
        "dynamodb_table",
        "encrypt",
        "endpoint",
        "endpoints",
        "force_path_style",
        "key",
        "kms_key_id",
        "max_retries",
        "profile",
        "region",
        "retry_mode",
        "secret_key",
        "skip_credentials_validation",
        "skip_metadata_api_check",
        "skip_region_validation",
        "skip_requesting_account_id",
        "skip_s3_checksum",
        "sts_endpoint",
        "token",
        "use_lockfile",
        "use_path_style",
        "workspace_key_prefix",
    ),
}

_INIT = (
    'Reason: {}\n\nThe "backend" is the interface that Terraform uses to store state,\nperform '
    "operations, etc. If "
    "this message is showing up, it means that the\nTerraform configuration you're using is using a custom "
    "configuration for\nthe Terraform backend.\n\nChanges to backend configurations require "
    "reinitialization. This "
    "allows\nTerraform to set up the new configuration, copy existing state, etc. Please "
    'run\n"terraform init" with '
    'either the "-reconfigure" or "-migrate-state" flags to\nuse the current configuration.\n\nIf the '
    "change reason "
    "above is incorrect, please verify your configuration\nhasn't changed and try again. At this "
    "point, no changes to "
    "your existing\nconfiguration or state have been made."
)
_LOCKED = (
    "Terraform acquires a state lock to protect the state from being written\nby multiple users at the "
    "same time. "
    "Please resolve the issue above and try\nagain. For most commands, you can disable locking with the "
    '"-lock=false"\nflag, but this is not recommended.'
)
