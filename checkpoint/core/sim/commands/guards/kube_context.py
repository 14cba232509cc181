"""`guard-kube-context.sh`: is this the cluster and the namespace that the next write is meant for?

The baseline checks and leaves; the hardened script also runs a command, pinned to what it checked.
"""

from dataclasses import replace

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import GuardrailActed
from checkpoint.core.sim.parts.files import File, decoded
from checkpoint.core.sim.parts.kubernetes.events import ClusterWritten
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command

NAME = "guard-kube-context.sh"
SLUG = "kube-context"
_PINNED = ("kubectl", "flux")

_HEAD = """#!/usr/bin/env bash
# Stop a Kubernetes write that is about to go to the wrong cluster or namespace.
set -euo pipefail

say() {{ printf '[guard-kube] %s\\n' "$*" >&2; }}
usage() {{
  cat >&2 <<'USAGE'
{usage}
USAGE
}}
"""

_USAGE = "Usage: scripts/guard-kube-context.sh --context <name> --namespace <name> [--kubeconfig <path>]"
_HARDENED_USAGE = _USAGE + " [-- kubectl|flux ...]"

_BASELINE = (
    _HEAD.format(usage=_USAGE)
    + """
want_context="" want_namespace=""
while [ $# -gt 0 ]; do
  case "$1" in
    --context) want_context="${2:-}"; shift 2 ;;
    --namespace) want_namespace="${2:-}"; shift 2 ;;
    --kubeconfig) export KUBECONFIG="${2:-}"; shift 2 ;;
    -h|--help) usage; exit 0 ;;
    *) say "unknown argument: $1"; usage; exit 2 ;;
  esac
done
if [ -z "$want_context" ] || [ -z "$want_namespace" ]; then
  say "--context and --namespace are required"; usage; exit 2
fi
command -v kubectl >/dev/null || { say "kubectl not found in PATH"; exit 1; }
current="$(kubectl config current-context 2>/dev/null || true)"
[ -n "$current" ] || { say "no current kubectl context is set"; exit 1; }
if [ "$current" != "$want_context" ]; then
  say "context mismatch"
  printf '  expected: %s\\n  actual:   %s\\n' "$want_context" "$current" >&2
  exit 1
fi
if ! kubectl get namespace "$want_namespace" >/dev/null 2>&1; then
  say "namespace '$want_namespace' not found in context '$want_context'"; exit 1
fi
printf '[guard-kube] OK context=%s namespace=%s\\n' "$want_context" "$want_namespace"
"""
)

_HARDENED = (
    _HEAD.format(usage=_HARDENED_USAGE)
    + """
want_context="" want_namespace="" pinned=()
while [ $# -gt 0 ]; do
  case "$1" in
    --context) want_context="${2:-}"; shift 2 ;;
    --namespace) want_namespace="${2:-}"; shift 2 ;;
    --kubeconfig) export KUBECONFIG="${2:-}"; shift 2 ;;
    -h|--help) usage; exit 0 ;;
    --) shift; pinned=("$@"); break ;;
    *) say "unknown argument: $1"; usage; exit 2 ;;
  esac
done
if [ -z "$want_context" ] || [ -z "$want_namespace" ]; then
  say "--context and --namespace are required"; usage; exit 2
fi
command -v kubectl >/dev/null || { say "kubectl not found in PATH"; exit 1; }

if [ ${#pinned[@]} -eq 0 ]; then
  current="$(kubectl config current-context 2>/dev/null || true)"
  [ -n "$current" ] || { say "no current kubectl context is set"; exit 1; }
  if [ "$current" != "$want_context" ]; then
    say "context mismatch"
    printf '  expected: %s\\n  actual:   %s\\n' "$want_context" "$current" >&2
    exit 1
  fi
  if ! kubectl get namespace "$want_namespace" >/dev/null 2>&1; then
    say "namespace '$want_namespace' not found in context '$want_context'"; exit 1
  fi
  printf '[guard-kube] OK context=%s namespace=%s\\n' "$want_context" "$want_namespace"
  say "note: this only checked the current context; pass the command after -- to pin it"
  exit 0
fi

tool="${pinned[0]}"
case "$tool" in
  kubectl|flux) ;;
  *) say "only kubectl and flux can be pinned, got: $tool"; exit 2 ;;
esac
for word in "${pinned[@]:1}"; do
  case "$word" in
    --) break ;;
    -n|-n?*|-A|-s|--namespace|--namespace=*|--all-namespaces|--context|--context=*|\\
    --kubeconfig|--kubeconfig=*|--cluster|--cluster=*|--server|--server=*)
      say "the command sets its own target (${word%%=*}); give it only to the guard"; exit 2 ;;
  esac
done
if ! kubectl config get-contexts "$want_context" >/dev/null 2>&1; then
  say "context '$want_context' not found in the kubeconfig"; exit 1
fi
if ! kubectl --context "$want_context" get namespace "$want_namespace" >/dev/null 2>&1; then
  say "namespace '$want_namespace' not found in context '$want_context'"; exit 1
fi
say "OK context=$want_context namespace=$want_namespace - running $tool pinned to them"
exec "$tool" --context "$want_context" --namespace "$want_namespace" "${pinned[@]:1}"
"""
)

TEXTS = {(NAME, "baseline"): _BASELINE, (NAME, "hardened"): _HARDENED}

_OWN_TARGET = (
    *(
        "-n",
        "-A",
        "-s",
        "--namespace",
        "--all-namespaces",
        "--context",
        "--kubeconfig",
        "--cluster",
        "--server",
    ),
)


class _Stopped(SimError):
    """The guard says no; `about` is for the event, empty where the words were wrong."""

    def __init__(self, lines: tuple[str, ...], code: int, about: str = "") -> None:
        super().__init__("\n".join(lines), code)
        self.about = about


def _guarded(process: Process, args: Args, *, hardened: bool) -> int:
    if SLUG in process.world.off:
        process.happened(GuardrailActed(SLUG, "workstation", "off"))
    try:
        return _run(process, list(args.rest), hardened=hardened)
    except _Stopped as stop:
        process.error(stop.message)
        if stop.about:
            process.happened(GuardrailActed(SLUG, "workstation", "caught", stop.about))
        return stop.code


def _run(process: Process, words: list[str], *, hardened: bool) -> int:
    usage = _HARDENED_USAGE if hardened else _USAGE
    given = {"--context": "", "--namespace": "", "--kubeconfig": ""}
    pinned: list[str] = []
    while words:
        word = words.pop(0)
        if word in ("-h", "--help"):
            process.error(usage)
            return 0
        if word == "--" and hardened:
            pinned = words
            break
        if word not in given:
            raise _Stopped((f"[guard-kube] unknown argument: {word}", usage), 2)
        given[word] = words.pop(0) if words else ""
    context, namespace = given["--context"], given["--namespace"]
    if not context or not namespace:
        raise _Stopped(("[guard-kube] --context and --namespace are required", usage), 2)
    if given["--kubeconfig"]:
        process.environment = {**process.environment, "KUBECONFIG": given["--kubeconfig"]}
    if not pinned:
        return _checked(process, context, namespace, hardened=hardened)
    return _pinned(process, context, namespace, pinned)


def _checked(process: Process, context: str, namespace: str, *, hardened: bool) -> int:
    if SLUG not in process.world.off:
        code, told = _asked(process, ("kubectl", "config", "current-context"))
        current = told.strip() if not code else ""
        if not current:
            raise _Stopped(("[guard-kube] no current kubectl context is set",), 1, "no context")
        if current != context:
            lines = ("[guard-kube] context mismatch", f"  expected: {context}", f"  actual:   {current}")
            raise _Stopped(lines, 1, f"{current} instead of {context}")
        _namespace(process, context, namespace, ())
    process.line(f"[guard-kube] OK context={context} namespace={namespace}")
    if hardened:
        note = "note: this only checked the current context; pass the command after -- to pin it"
        process.error(f"[guard-kube] {note}")
    if SLUG not in process.world.off:
        process.happened(GuardrailActed(SLUG, "workstation", "passed", f"{context}/{namespace}"))
    return 0


def _pinned(process: Process, context: str, namespace: str, words: list[str]) -> int:
    tool = words[0]
    if tool not in _PINNED:
        raise _Stopped((f"[guard-kube] only kubectl and flux can be pinned, got: {tool}",), 2)
    for word in words[1:]:
        if word == "--":
            break
        name = word.partition("=")[0]
        own = name in _OWN_TARGET or (name.startswith("-n") and not name.startswith("--"))
        if own and SLUG not in process.world.off:
            advice = "give it only to the guard"
            raise _Stopped(
                (f"[guard-kube] the command sets its own target ({name}); {advice}",), 2, f"own target {name}"
            )
    if SLUG in process.world.off:
        return process.spawn(process, tuple(words), process.stdin)
    code, _ = _asked(process, ("kubectl", "config", "get-contexts", context))
    if code:
        raise _Stopped(
            (f"[guard-kube] context '{context}' not found in the kubeconfig",), 1, f"no context {context}"
        )
    _namespace(process, context, namespace, ("--context", context))
    process.error(f"[guard-kube] OK context={context} namespace={namespace} - running {tool} pinned to them")
    process.happened(GuardrailActed(SLUG, "workstation", "passed", f"{context}/{namespace}"))
    before = len(process.events)
    code = process.spawn(
        process, (tool, "--context", context, "--namespace", namespace, *words[1:]), process.stdin
    )
    process.events[before:] = [
        replace(one, guarded=True) if isinstance(one, ClusterWritten) else one
        for one in process.events[before:]
    ]
    return code


def _namespace(process: Process, context: str, namespace: str, more: tuple[str, ...]) -> None:
    code, _ = _asked(process, ("kubectl", *more, "get", "namespace", namespace))
    if code:
        told = f"[guard-kube] namespace '{namespace}' not found in context '{context}'"
        raise _Stopped((told,), 1, f"no namespace {namespace} in {context}")


def _asked(process: Process, words: tuple[str, ...]) -> tuple[int, str]:
    """Exit code and standard output of a question; nothing of it is shown."""
    there = len(process.chunks)
    code = process.spawn(process, words, "")
    told = "".join(chunk.text for chunk in process.chunks[there:] if chunk.stream == "out")
    del process.chunks[there:]
    return code, told


def baseline(process: Process, args: Args) -> int:
    return _guarded(process, args, hardened=False)


def hardened(process: Process, args: Args) -> int:
    return _guarded(process, args, hardened=True)


_PLAYED = {
    _BASELINE: Command(NAME, "check the kubectl context before a write", baseline, raw=True),
    _HARDENED: Command(NAME, "check the kubectl context and pin a command to it", hardened, raw=True),
}


def player(path: str, file: File) -> Command | None:
    """The row for an unchanged guard script, wherever it stands."""
    return _PLAYED.get(decoded(file.data)) if len(file.data) < 8_192 else None
