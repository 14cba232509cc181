"""`check-sops-encrypted.sh`: is everything below flux/secrets/ sealed? The shell reads the script.

What this row adds is the word for goals and debriefs on what the guardrail did.
"""

import re

from checkpoint.core.sim.events import GuardrailActed
from checkpoint.core.sim.parts.files import File, decoded
from checkpoint.core.sim.parts.sops.events import GUARDRAIL
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command

NAME = "check-sops-encrypted.sh"
FOLDER = "flux/secrets/"

TEXT = r"""#!/usr/bin/env bash
# Nothing below flux/secrets/ goes into Git in clear. Names files and keys, never values.
# Usage: scripts/check-sops-encrypted.sh [FILE...]; without files, every one that is there.
for tool in yq jq; do
  command -v "$tool" >/dev/null || { echo "[sops-encrypted] $tool not found in PATH"; exit 1; }
done
if [ $# -eq 0 ]; then set -- $(find flux/secrets -type f | sort); fi
clear='(.data // {}), (.stringData // {}) | to_entries | .[]'
clear="$clear"' | select(.value | tostring | test("^ENC\\[|^$") | not) | .key'
failed=0
for file in "$@"; do
  case "$file" in
    */kustomization.yaml | */kustomization.yml | *.example) continue ;;
    flux/secrets/*.yaml | flux/secrets/*.yml) ;;
    *) continue ;;
  esac
  sealed="$(yq -o=json '.' "$file" 2>/dev/null | jq 'has("sops")' 2>/dev/null | sort -u)"
  if [ "$sealed" != true ]; then
    echo "[sops-encrypted] $file: no sops: block, so it isn't encrypted"
    failed=1
  fi
  for key in $(yq -o=json '.' "$file" 2>/dev/null | jq -r "$clear" 2>/dev/null); do
    echo "[sops-encrypted] $file: the value of $key is in clear"
    failed=1
  done
done
exit "$failed"
"""

TEXTS = {(NAME, "baseline"): TEXT}


def checked(process: Process, args: Args) -> int:
    if GUARDRAIL in process.world.off:
        process.happened(GuardrailActed(GUARDRAIL, "workstation", "off"))
        return 0
    said = len(process.chunks)
    code = process.spawn(process, ("bash", "-c", TEXT, NAME, *args.rest), "")
    told = "".join(chunk.text for chunk in process.chunks[said:])
    if code or not args.rest or any(_is_secret(word) for word in args.rest):
        about = ", ".join(dict.fromkeys(_NAMED.findall(told))) if code else FOLDER
        process.happened(GuardrailActed(GUARDRAIL, "workstation", "caught" if code else "passed", about))
    return code


_NAMED = re.compile(r"^\[sops-encrypted\] (\S+):", re.MULTILINE)


def _is_secret(path: str) -> bool:
    name = path.rpartition("/")[2]
    return path.startswith(FOLDER) and not name.startswith("kustomization.") and not name.endswith(".example")


_ROW = Command(NAME, "check that secrets are encrypted", checked, raw=True)


def player(path: str, file: File) -> Command | None:
    """The row for an unchanged script, wherever it stands."""
    return _ROW if len(file.data) < 8_192 and decoded(file.data) == TEXT else None
