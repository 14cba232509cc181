"""`kubectl rollout`."""

from typing import Any

from checkpoint.core.sim.commands.kubectl.base import KubeError, aligned, flag, on, row
from checkpoint.core.sim.commands.kubectl.changing import COMMON, targets
from checkpoint.core.sim.commands.kubectl.client import Client
from checkpoint.core.sim.commands.kubectl.printing import full_name
from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.kubernetes.clusters import stamp
from checkpoint.core.sim.parts.kubernetes.controllers import revision_of, template_hash
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Option

Json = Any
_CAUSE = "kubernetes.io/change-cause"


def _workloads(client: Client, args: Args) -> list[Json]:
    if not args.rest and not args.has("--filename"):
        raise KubeError("required resource not specified")
    if len(args.rest) == 1 and "/" not in args.rest[0]:
        items = client.each(client.kind(args.rest[0]), client.namespace)
    else:
        items = targets(client, args, args.rest)
    for item in items:
        if item["kind"] not in ("Deployment", "StatefulSet", "DaemonSet"):
            raise KubeError(f'no kind "{item["kind"]}" is registered for this command')
    return items


def _sets(client: Client, item: Json) -> list[Json]:
    """The replica sets of a deployment by their revision."""
    uid = item["metadata"].get("uid")
    own = client.cluster.every("replicasets", item["metadata"]["namespace"])
    mine = [
        one
        for one in own
        if any(ref.get("uid") == uid for ref in one["metadata"].get("ownerReferences") or [])
    ]
    return sorted(mine, key=revision_of)


def status(process: Process, args: Args) -> int:
    client = Client(process, args)
    for item in _workloads(client, args):
        waiting = _waiting(item)
        if not waiting:
            word = "deployment" if item["kind"] == "Deployment" else item["kind"].lower()
            if word == "deployment":
                process.line(f'deployment "{item["metadata"]["name"]}" successfully rolled out')
            else:
                process.line(f"{word} rolling update complete {item['spec'].get('replicas', 1)} pods")
            continue
        process.line(waiting)
        if not on(args, "--watch", default=True):
            continue
        if args.has("--timeout"):
            raise KubeError("timed out waiting for the condition")
        name = item["metadata"]["name"]
        raise KubeError(f'deployment "{name}" exceeded its progress deadline')
    return 0


def _waiting(item: Json) -> str:
    if item["kind"] != "Deployment":
        return ""
    spec, state, name = item["spec"], item.get("status") or {}, item["metadata"]["name"]
    wanted, updated = int(spec.get("replicas") or 0), state.get("updatedReplicas", 0)
    lead = f'Waiting for deployment "{name}" rollout to finish: '
    if updated < wanted:
        return f"{lead}{updated} out of {wanted} new replicas have been updated..."
    if state.get("replicas", 0) > updated:
        return f"{lead}{state['replicas'] - updated} old replicas are pending termination..."
    if state.get("availableReplicas", 0) < updated:
        return f"{lead}{state.get('availableReplicas', 0)} of {updated} updated replicas are available..."
    return ""


def history(process: Process, args: Args) -> int:
    client = Client(process, args)
    for item in _workloads(client, args):
        sets = _sets(client, item)
        if args.has("--revision"):
            _one_revision(process, item, sets, args.value("--revision"))
            continue
        process.line(f"{full_name(item)} ")
        rows = [["REVISION", "CHANGE-CAUSE"]]
        for one in sets:
            cause = (one["metadata"].get("annotations") or {}).get(_CAUSE, "<none>")
            rows.append([str(revision_of(one)), str(cause)])
        for line in aligned(rows, 2):
            process.line(line)
        process.line()
    return 0


def _one_revision(process: Process, item: Json, sets: list[Json], revision: str) -> None:
    found = next((one for one in sets if str(revision_of(one)) == revision), None)
    if found is None:
        raise KubeError("unable to find the specified revision")
    process.line(f"{full_name(item)} with revision #{revision}")
    process.line("Pod Template:")
    template = found["spec"]["template"]
    labels = [f"{k}={v}" for k, v in sorted((template["metadata"].get("labels") or {}).items())]
    process.line("  Labels:\t" + "\n\t".join(labels))
    cause = (found["metadata"].get("annotations") or {}).get(_CAUSE)
    if cause:
        process.line(f"  Annotations:\t{_CAUSE}: {cause}")
    process.line("  Containers:")
    for one in template["spec"].get("containers") or []:
        ports = ", ".join(
            f"{p.get('containerPort')}/{p.get('protocol', 'TCP')}" for p in one.get("ports") or []
        )
        process.line(f"   {one.get('name')}:\n    Image:\t{one.get('image')}\n    Port:\t{ports or '<none>'}")
        process.line(
            f"    Host Port:\t{'0/TCP' if ports else '<none>'}\n    Environment:\t<none>\n    Mounts:\t<none>"
        )
    process.line("  Volumes:\t<none>\n  Node-Selectors:\t<none>\n  Tolerations:\t<none>\n")


def undo(process: Process, args: Args) -> int:
    client = Client(process, args)
    wanted = args.value("--to-revision", "0")
    if not wanted.isdecimal():
        raise KubeError(f'invalid argument "{wanted}" for "--to-revision" flag')
    for item in _workloads(client, args):
        if item["kind"] != "Deployment":
            process.unsupported(f"kubectl rollout undo of a {item['kind']}")
            return 2
        sets = _sets(client, item)
        now = template_hash(item["spec"]["template"])
        older = [one for one in sets if one["metadata"]["labels"]["pod-template-hash"] != now]
        if wanted != "0":
            goal = next((one for one in sets if str(revision_of(one)) == wanted), None)
            if goal is None:
                raise KubeError(f"unable to find specified revision {wanted} in history")
        elif not older:
            raise KubeError(f'no rollout history found for deployment "{item["metadata"]["name"]}"')
        else:
            goal = older[-1]
        if goal["metadata"]["labels"]["pod-template-hash"] == now:
            skipped = f"(current template already matches revision {wanted})"
            process.line(f"{full_name(item)} skipped rollback {skipped}")
            continue
        made = copied(item)
        template = copied(goal["spec"]["template"])
        template["metadata"]["labels"].pop("pod-template-hash", None)
        made["spec"]["template"] = template
        client.write(made, "patch", "kubectl-rollout")
        process.line(f"{full_name(item)} rolled back")
    return 0


def restart(process: Process, args: Args) -> int:
    client = Client(process, args)
    for item in _workloads(client, args):
        made = copied(item)
        meta = made["spec"]["template"].setdefault("metadata", {})
        note = {"kubectl.kubernetes.io/restartedAt": stamp(process.clock)}
        meta["annotations"] = {**(meta.get("annotations") or {}), **note}
        client.write(made, "patch", "kubectl-rollout")
        process.line(f"{full_name(item)} restarted")
    return 0


def _paused(process: Process, args: Args, *, value: bool) -> int:
    client = Client(process, args)
    word = "paused" if value else "resumed"
    code = 0
    for item in _workloads(client, args):
        if bool(item["spec"].get("paused")) == value:
            already = "is already paused" if value else "is not paused"
            kind = client.place(item)[0]
            process.error(f'error: {kind.resource} "{item["metadata"]["name"]}" {already}')
            code = 1
            continue
        made = copied(item)
        made["spec"].pop("paused", None)
        if value:
            made["spec"]["paused"] = True
        client.write(made, "patch", "kubectl-rollout")
        process.line(f"{full_name(item)} {word}")
    return code


def pause(process: Process, args: Args) -> int:
    return _paused(process, args, value=True)


def resume(process: Process, args: Args) -> int:
    return _paused(process, args, value=False)


_MORE = (
    Option(("--timeout",), "TIME", "how long to wait"),
    Option(("--revision",), "N"),
    Option(("--to-revision",), "N"),
    flag("--watch"),
)
_OPTIONS = (*COMMON, *_MORE)


def _row(name: str, help: str, run: Any) -> Any:
    return row(f"kubectl rollout {name}", help, run, "(TYPE NAME | TYPE/NAME)", _OPTIONS)


ROW = row(
    "kubectl rollout",
    "manage the rollout of one or many resources",
    None,
    "SUBCOMMAND",
    below=(
        _row("history", "view rollout history", history),
        _row("pause", "mark the provided resource as paused", pause),
        _row("restart", "restart a resource", restart),
        _row("resume", "resume a paused resource", resume),
        _row("status", "show the status of the rollout", status),
        _row("undo", "undo a previous rollout", undo),
    ),
)
