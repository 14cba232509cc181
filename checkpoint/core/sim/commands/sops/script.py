"""`sops-encrypt-secret.sh`: makes a new encrypted Secret. The shell reads it like any script.

Nobody answers a question at this terminal, so the answer comes from standard input: `echo y | scripts/…`.
"""

NAME = "sops-encrypt-secret.sh"

_USAGE = "Usage: scripts/sops-encrypt-secret.sh ENVIRONMENT SECRET_NAME"

_SCRIPT = """#!/usr/bin/env bash
# Make an encrypted Kubernetes Secret under flux/secrets/ENVIRONMENT/.
say() {{ echo "[sops-encrypt] $*" >&2; }}

if [ $# {arguments} ]; then
  echo "{usage}"
  exit 1
fi
environment="$1"
name="$2"
namespace="{namespace}"
command -v sops >/dev/null || {{ say "sops not found in PATH"; exit 1; }}
if [ ! -d "flux/secrets/$environment" ]; then
  say "no such environment: flux/secrets/$environment"
  exit 1
fi
target="flux/secrets/$environment/$name.yaml"
if [ -f "$target" ]; then
  echo "$target exists. Edit it with sops? [y/N]"
  read -r answer
  if [ "$answer" = y ]; then sops "$target"; exit 0; fi
  exit 1
fi
draft="{draft}"
cat > "$draft" <<END
apiVersion: v1
kind: Secret
metadata:
  name: $name
  namespace: $namespace
type: Opaque
stringData:
  KEY: value
END
${{EDITOR:-vi}} "$draft"
echo "Encrypt it to $target? [y/N]"
read -r answer
if [ "$answer" != y ]; then
  rm -f "$draft"
  say "cancelled"
  exit 1
fi
types="--input-type yaml --output-type yaml"
if ! sops --encrypt $types --filename-override "$target" "$draft" > "$draft.enc"; then
  rm -f "$draft" "$draft.enc"
  say "not encrypted; nothing was kept"
  exit 1
fi
mv "$draft.enc" "$target"
rm -f "$draft"
echo "Encrypted: $target"
echo "Next: sops $target to change values, list it in flux/secrets/$environment/kustomization.yaml,"
echo "look at git diff --cached, then commit."
"""


def _text(arguments: str, usage: str, namespace: str, draft: str) -> str:
    return _SCRIPT.format(arguments=arguments, usage=usage, namespace=namespace, draft=draft)


TEXTS = {
    (NAME, "baseline"): _text("-ne 2", _USAGE, "$environment", "flux/secrets/$environment/$name.yaml.tmp"),
    (NAME, "hardened"): _text(
        "-lt 2",
        f"{_USAGE} [NAMESPACE]",
        "${3:-$environment}",
        "/tmp/sops-encrypt-$name.yaml",  # noqa: S108 - of the simulated machine
    ),
}
"""By variant. The hardened one drafts outside the repository and takes a namespace."""
