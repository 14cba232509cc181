"""scripts/guard-terraform-plan.sh: apply only a saved plan that isn't too old.

The script's text stands in the learner's files; a file with just this text is played here, a changed one is
read by the shell like any other script.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checkpoint.core.sim.events import Event, GuardrailActed
from checkpoint.core.sim.parts.files import File, FileError, decoded, encoded
from checkpoint.core.sim.parts.terraform.events import PlanApplied
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command

SLUG = "terraform-plan"
NAME = "guard-terraform-plan.sh"
_OLDEST = 99_999
"""Minutes that the hardened script takes at most."""


class _Refused(Exception):
    """What is said on standard error, and the exit code. `caught`: the guard did its work."""

    def __init__(self, *lines: str, code: int = 1, caught: bool = False) -> None:
        super().__init__(*lines)
        self.lines, self.code, self.caught = lines, code, caught


@dataclass(slots=True)
class _Asked:
    mode: str
    dir: str = ""
    out: str = "tfplan"
    oldest: str = "120"

    @property
    def plan(self) -> str:
        return f"{self.dir}/{self.out}"

    @property
    def marker(self) -> str:
        return f"{self.plan}.meta"


def _usage() -> str:
    return f"""Usage:
  scripts/{NAME} plan  --dir <path> [--out <planfile>]
  scripts/{NAME} apply --dir <path> [--out <planfile>] [--max-age-minutes <n>]
"""


def baseline(process: Process, args: Args) -> int:
    return _Guard(process, hardened=False).run(args.rest)


def hardened(process: Process, args: Args) -> int:
    return _Guard(process, hardened=True).run(args.rest)


class _Guard:
    def __init__(self, process: Process, *, hardened: bool) -> None:
        self.process, self.hardened = process, hardened

    @property
    def off(self) -> bool:
        return SLUG in self.process.world.off

    def run(self, words: Sequence[str]) -> int:
        if not words or words[0] in ("-h", "--help"):
            self.process.out(_usage())
            return 0 if words else 2
        try:
            return self.checked(words)
        except _Refused as refused:
            for line in refused.lines:
                self.process.error(f"[guard-tf] {line}")
            if refused.caught:
                self.acted("caught", refused.lines[0])
            return refused.code

    def acted(self, result: str, about: str) -> None:
        self.process.happened(GuardrailActed(SLUG, "workstation", result, about))

    def checked(self, words: Sequence[str]) -> int:
        asked = self.asked(words)
        if not asked.dir:
            raise _Refused("--dir is required", code=2)
        if not self.process.files.is_folder(self.process.path(asked.dir)):
            raise _Refused(f"directory not found: {asked.dir}")
        if asked.mode == "plan":
            return self.plan(asked)
        if asked.mode == "apply":
            return self.apply(asked)
        raise _Refused(f"unknown mode: {asked.mode}", code=2)

    def asked(self, words: Sequence[str]) -> _Asked:
        asked = _Asked(words[0])
        rest = list(words[1:])
        while rest:
            word = rest.pop(0)
            if word in ("-h", "--help"):
                raise _Refused(code=0)
            if word not in ("--dir", "--out", "--max-age-minutes"):
                raise _Refused(f"unknown argument: {word}", code=2)
            value = rest.pop(0) if rest else ""
            if word == "--dir":
                asked.dir = value
            elif word == "--out":
                asked.out = value
            else:
                asked.oldest = value
        number = asked.oldest
        if self.hardened and not (number.isdecimal() and 1 <= int(number[:9]) <= _OLDEST and len(number) < 9):
            raise _Refused(f"--max-age-minutes must be a number from 1 to {_OLDEST}", code=2)
        return asked

    # --- the two modes -------------------------------------------------------

    def terraform(self, asked: _Asked, *words: str) -> int:
        """Run Terraform in the folder; what it applies counts as done through the guard."""
        before = len(self.process.events)
        code = self.process.spawn(
            self.process, ("terraform", f"-chdir={asked.dir}", *words), self.process.stdin
        )
        new = self.process.events[before:]
        kept = [_through_guard(one) for one in new if not _is_bypass(one)]
        self.process.events[before:] = kept
        return code

    def plan(self, asked: _Asked) -> int:
        process = self.process
        for words in (
            ("init", "-input=false"),
            ("plan", "-input=false", "-lock-timeout=5m", "-out", asked.out),
        ):
            code = self.terraform(asked, *words)
            if code:
                return code
        marker = f"created_at_epoch={process.clock}\nworkdir={asked.dir}\nplan_file={asked.out}\n"
        process.write(asked.marker, marker)
        process.line(f"[guard-tf] plan created: {asked.plan}\n[guard-tf] metadata created: {asked.marker}")
        return 0

    def apply(self, asked: _Asked) -> int:
        if self.off:
            self.acted("off", "apply without the guard's checks")
        else:
            self.check(asked)
            self.acted("passed", asked.plan)
        code = self.terraform(asked, "apply", "-input=false", asked.out)
        if code:
            return code
        self.process.line(f"[guard-tf] apply completed using {asked.plan}")
        if self.hardened:
            self.spend(asked)
        return 0

    def check(self, asked: _Asked) -> None:
        files = self.process.files
        if not files.is_file(self.process.path(asked.plan)):
            hint = f"run: {self.process.words[0]} plan --dir {asked.dir} --out {asked.out}"
            raise _Refused(f"missing plan file: {asked.plan}", hint, caught=True)
        if not files.is_file(self.process.path(asked.marker)):
            raise _Refused(
                f"missing plan metadata: {asked.marker}", "refusing apply without plan marker", caught=True
            )
        created = self.created(asked)
        age = (
            (self.process.clock - created) // 60
            if self.process.clock >= created
            else -((created - self.process.clock) // 60)
        )
        if age > self.limit(asked):
            raise _Refused(
                f"plan is too old ({age}m > {asked.oldest}m)", "re-run plan before apply", caught=True
            )

    def limit(self, asked: _Asked) -> int:
        """The shell's arithmetic of the baseline takes a word for a variable that isn't set: 0."""
        return int(asked.oldest) if asked.oldest.isdecimal() and len(asked.oldest) < 15 else 0

    def created(self, asked: _Asked) -> int:
        text = decoded(self.process.files.read(self.process.path(asked.marker)))
        found = [line.partition("=")[2] for line in text.splitlines() if line.startswith("created_at_epoch=")]
        value = found[-1].strip() if found else ""
        plain = value.isdecimal() and len(value) < 15
        if self.hardened:
            if not plain:
                raise _Refused(
                    f"invalid plan metadata: {asked.marker}", "re-run plan before apply", caught=True
                )
            if int(value) > self.process.clock:
                raise _Refused(
                    f"plan metadata is from the future: {asked.marker}",
                    "re-run plan before apply",
                    caught=True,
                )
        return int(value) if plain else 0

    def spend(self, asked: _Asked) -> None:
        """The plan is used up and holds secrets: it goes, with its marker."""
        for name in (asked.plan, asked.marker):
            try:
                self.process.files = self.process.files.remove(self.process.path(name))
            except FileError:
                continue
        self.process.line("[guard-tf] removed the spent plan and its metadata")


def _is_bypass(event: Event) -> bool:
    return (
        isinstance(event, GuardrailActed) and event.guardrail == SLUG and event.result in ("bypassed", "off")
    )


def _through_guard(event: Event) -> Event:
    return replace(event, via="guard") if isinstance(event, PlanApplied) else event


_HEAD = f"""#!/usr/bin/env bash
# Applies Terraform plans that were saved first and are not too old.
#
#   scripts/{NAME} plan  --dir <path> [--out <planfile>]
#   scripts/{NAME} apply --dir <path> [--out <planfile>] [--max-age-minutes <n>]
set -euo pipefail

say() {{ echo "[guard-tf] $*"; }}
stop() {{ echo "[guard-tf] $*" >&2; }}

usage() {{
  echo "Usage:"
  echo "  scripts/{NAME} plan  --dir <path> [--out <planfile>]"
  echo "  scripts/{NAME} apply --dir <path> [--out <planfile>] [--max-age-minutes <n>]"
}}

if [[ $# -eq 0 ]]; then usage; exit 2; fi
if [[ "$1" == "-h" || "$1" == "--help" ]]; then usage; exit 0; fi

mode="$1"
shift
dir=""
out="tfplan"
max_age_minutes=120

while [[ $# -gt 0 ]]; do
  case "$1" in
    --dir) dir="${{2:-}}"; shift 2 ;;
    --out) out="${{2:-}}"; shift 2 ;;
    --max-age-minutes) max_age_minutes="${{2:-}}"; shift 2 ;;
    -h|--help) usage; exit 0 ;;
    *) stop "unknown argument: $1"; exit 2 ;;
  esac
done

if [[ -z "$dir" ]]; then stop "--dir is required"; exit 2; fi
"""

_MIDDLE = """
command -v terraform >/dev/null 2>&1 || { stop "terraform not found"; exit 1; }
if [[ ! -d "$dir" ]]; then stop "directory not found: $dir"; exit 1; fi

plan="$dir/$out"
marker="$plan.meta"

if [[ "$mode" == "plan" ]]; then
  terraform -chdir="$dir" init -input=false || exit $?
  terraform -chdir="$dir" plan -input=false -lock-timeout=5m -out "$out" || exit $?
  printf 'created_at_epoch=%s\\nworkdir=%s\\nplan_file=%s\\n' "$(date +%s)" "$dir" "$out" > "$marker"
  say "plan created: $plan"
  say "metadata created: $marker"
  exit 0
fi

if [[ "$mode" != "apply" ]]; then stop "unknown mode: $mode"; exit 2; fi

if [[ ! -f "$plan" ]]; then
  stop "missing plan file: $plan"
  stop "run: $0 plan --dir $dir --out $out"
  exit 1
fi
if [[ ! -f "$marker" ]]; then
  stop "missing plan metadata: $marker"
  stop "refusing apply without plan marker"
  exit 1
fi
"""

_BASELINE_READ = """
# shellcheck disable=SC1090
source "$marker"
age_minutes=$(( ($(date +%s) - created_at_epoch) / 60 ))
"""

_HARDENED_CHECK = """if [[ ! "$max_age_minutes" =~ ^[1-9][0-9]{0,4}$ ]]; then
  stop "--max-age-minutes must be a number from 1 to 99999"
  exit 2
fi
"""

_HARDENED_READ = """
# The marker is data: it is never run.
created_at_epoch="$(grep '^created_at_epoch=' "$marker" | tail -n 1 | cut -d= -f2 || true)"
if [[ ! "$created_at_epoch" =~ ^[0-9]{1,14}$ ]]; then
  stop "invalid plan metadata: $marker"
  stop "re-run plan before apply"
  exit 1
fi
now="$(date +%s)"
if [[ "$created_at_epoch" -gt "$now" ]]; then
  stop "plan metadata is from the future: $marker"
  stop "re-run plan before apply"
  exit 1
fi
age_minutes=$(( (now - created_at_epoch) / 60 ))
"""

_TAIL = """if [[ "$age_minutes" -gt "$max_age_minutes" ]]; then
  stop "plan is too old (${age_minutes}m > ${max_age_minutes}m)"
  stop "re-run plan before apply"
  exit 1
fi

terraform -chdir="$dir" apply -input=false "$out" || exit $?
say "apply completed using $plan"
"""

_SPEND = """rm -f "$plan" "$marker"
say "removed the spent plan and its metadata"
"""

BASELINE = _HEAD + _MIDDLE + _BASELINE_READ + _TAIL
HARDENED = _HEAD + _HARDENED_CHECK + _MIDDLE + _HARDENED_READ + _TAIL + _SPEND

PLAYED = {
    encoded(BASELINE): Command(NAME, "apply only a fresh saved plan", baseline, raw=True),
    encoded(HARDENED): Command(NAME, "apply only a fresh saved plan", hardened, raw=True),
}
"""A script's bytes -> the row that plays it."""


def played(path: str, file: File) -> Command | None:
    """The row for a file that is the script, unchanged."""
    return PLAYED.get(file.data)
