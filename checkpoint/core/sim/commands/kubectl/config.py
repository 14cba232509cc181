"""`kubectl config`: contexts, clusters and users of the kubeconfig files."""

import json
from typing import Any

from checkpoint.core.sim.commands.kubectl.base import (
    KubeError,
    aligned,
    config_of,
    config_paths,
    flag,
    on,
    row,
    save,
    show_help,
)
from checkpoint.core.sim.commands.kubectl.jsonpath import evaluated
from checkpoint.core.sim.parts.kubernetes.kubeconfig import LISTS, Kubeconfig, redacted
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, find
from checkpoint.core.sim.yaml_text import go_dumped

Json = Any
_ORDER = {
    "": ("kind", "apiVersion", "preferences", "clusters", "users", "contexts", "current-context"),
    "cluster": ("server", "tls-server-name", "insecure-skip-tls-verify", "certificate-authority"),
    "context": ("cluster", "user", "namespace"),
}
_FORMATS = (
    "go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,"
    "name,template,templatefile,yaml"
)


def _wrong_count(process: Process, args: Args, count: int, what: str = "Unexpected") -> None:
    """Help and an error where the operands are too many or too few."""
    if len(args.rest) != count:
        words = ("kubectl", *process.words[1:])
        command, _, _ = find({"kubectl": Command("kubectl", "", subcommands=(CONFIG,))}, words)
        show_help(process, command)
        raise KubeError(f"{what} args: [{' '.join(args.rest)}]")


def current_context(process: Process, args: Args) -> int:
    config = config_of(process, args)
    if not config.current:
        raise KubeError("current-context is not set")
    process.line(config.current)
    return 0


def use_context(process: Process, args: Args) -> int:
    _wrong_count(process, args, 1)
    config = config_of(process, args)
    if config.context(args.rest[0]) is None:
        raise KubeError(f'no context exists with the name: "{args.rest[0]}"')
    config.current = args.rest[0]
    save(process, config)
    process.line(f'Switched to context "{args.rest[0]}".')
    return 0


def get_contexts(process: Process, args: Args) -> int:
    config = config_of(process, args)
    output = args.value("--output")
    if output not in ("", "name"):
        told = f"--output {output} is not available in kubectl config get-contexts"
        raise KubeError(f"{told}; resetting to default output format")
    known = sorted(config.entries["contexts"])
    wanted = args.rest or known
    names = [name for name in sorted(wanted) if name in config.entries["contexts"]]
    if output == "name":
        for name in names:
            process.line(name)
    else:
        rows = [] if on(args, "--no-headers") else [["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"]]
        for name in names:
            facts = config.context(name)
            mark = "*" if name == config.current else ""
            rows.append(
                [mark, name, *(str(facts.get(one) or "") for one in ("cluster", "user", "namespace"))]
            )
        for line in aligned(rows):
            process.line(line)
    missing = [name for name in args.rest if name not in config.entries["contexts"]]
    if not missing:
        return 0
    lines = [f"context {name} not found" for name in missing]
    if len(lines) == 1:
        raise KubeError(lines[0])
    process.error("\n".join(lines))
    return 1


def _names(process: Process, args: Args, kind: str) -> int:
    process.line("NAME")
    config = config_of(process, args)
    for name in sorted(config.entries[kind]) or []:
        process.line(name)
    return 0


def get_clusters(process: Process, args: Args) -> int:
    return _names(process, args, "clusters")


def get_users(process: Process, args: Args) -> int:
    return _names(process, args, "users")


def set_context(process: Process, args: Args) -> int:
    config = config_of(process, args)
    if on(args, "--current"):
        if args.rest:
            raise KubeError("you cannot specify both a context name and --current")
        if not config.current:
            raise KubeError("no current context is set")
        name = config.current
    else:
        if len(args.rest) > 1:
            _wrong_count(process, args, 1)
        if not args.rest or not args.rest[0]:
            raise KubeError("you must specify a non-empty context name or --current")
        name = args.rest[0]
    given = {key: args.value(f"--{key}") for key in ("cluster", "user", "namespace") if args.has(f"--{key}")}
    old = config.context(name)
    facts = {"cluster": "", "user": "", **(old or {}), **given}
    if not facts.get("namespace"):
        facts.pop("namespace", None)
    _put(config, "contexts", name, facts)
    save(process, config)
    process.line(f'Context "{name}" {"created" if old is None else "modified"}.')
    return 0


def _put(config: Kubeconfig, kind: str, name: str, facts: Json) -> None:
    config.entries[kind][name] = facts
    config.homes.setdefault((kind, name), config.default_path)


def rename_context(process: Process, args: Args) -> int:
    _wrong_count(process, args, 2)
    old, new = args.rest
    config = config_of(process, args)
    path = _shown_path(process, args)
    if config.context(old) is None:
        raise KubeError(f'cannot rename the context "{old}", it\'s not in {path}')
    if config.context(new) is not None:
        raise KubeError(f'cannot rename the context "{old}", the context "{new}" already exists in {path}')
    config.entries["contexts"][new] = config.entries["contexts"].pop(old)
    config.homes["contexts", new] = config.homes.pop(("contexts", old))
    if config.current == old:
        config.current = new
    save(process, config)
    process.line(f'Context "{old}" renamed to "{new}".')
    return 0


def _shown_path(process: Process, args: Args) -> str:
    config = config_of(process, args)
    return config.default_path if config.found else config_paths(process, args)[-1]


def _delete(process: Process, args: Args, kind: str) -> int:
    word = LISTS[kind]
    if len(args.rest) != 1:
        words = ("kubectl", *process.words[1:])
        command, _, _ = find({"kubectl": Command("kubectl", "", subcommands=(CONFIG,))}, words)
        show_help(process, command)
        return 0
    name = args.rest[0]
    config = config_of(process, args)
    path = _shown_path(process, args)
    if name not in config.entries[kind]:
        raise KubeError(f"cannot delete {word} {name}, not in {path}")
    if kind == "contexts" and config.current == name:
        advice = 'use "kubectl config use-context" to select a different one'
        process.error(f"warning: this removed your active context, {advice}")
    home = config.homes.pop((kind, name), path)
    del config.entries[kind][name]
    save(process, config)
    process.line(f"deleted {word} {name} from {home}")
    return 0


def delete_context(process: Process, args: Args) -> int:
    return _delete(process, args, "contexts")


def delete_cluster(process: Process, args: Args) -> int:
    return _delete(process, args, "clusters")


def delete_user(process: Process, args: Args) -> int:
    return _delete(process, args, "users")


def set_cluster(process: Process, args: Args) -> int:
    _wrong_count(process, args, 1)
    config = config_of(process, args)
    facts = dict(config.entries["clusters"].get(args.rest[0]) or {})
    if args.has("--server"):
        facts["server"] = args.value("--server").rstrip("/")
    if args.has("--insecure-skip-tls-verify"):
        facts["insecure-skip-tls-verify"] = on(args, "--insecure-skip-tls-verify")
    _put(config, "clusters", args.rest[0], facts)
    save(process, config)
    process.line(f'Cluster "{args.rest[0]}" set.')
    return 0


def set_credentials(process: Process, args: Args) -> int:
    _wrong_count(process, args, 1, "unexpected")
    config = config_of(process, args)
    facts = dict(config.entries["users"].get(args.rest[0]) or {})
    for key in ("token", "username", "password"):
        if args.has(f"--{key}"):
            facts[key] = args.value(f"--{key}")
    _put(config, "users", args.rest[0], facts)
    save(process, config)
    process.line(f'User "{args.rest[0]}" set.')
    return 0


def set_value(process: Process, args: Args) -> int:
    _wrong_count(process, args, 2)
    name, value = args.rest
    config = config_of(process, args)
    if name == "current-context":
        config.current = value
    else:
        kind, key, field = _place(name)
        facts = dict(config.entries[kind].get(key) or {})
        facts[field] = value == "true" if field == "insecure-skip-tls-verify" else value
        _put(config, kind, key, facts)
    save(process, config)
    process.line(f'Property "{name}" set.')
    return 0


def unset(process: Process, args: Args) -> int:
    _wrong_count(process, args, 1)
    name = args.rest[0]
    config = config_of(process, args)
    if name == "current-context":
        config.current = ""
    elif name in LISTS:
        config.entries[name].clear()
    else:
        kind, _, rest = name.partition(".")
        if kind not in LISTS:
            raise KubeError(f"unable to parse {name} after [] at api.Config")
        key, _, field = rest.rpartition(".") if rest not in config.entries[kind] else (rest, "", "")
        if key not in config.entries[kind]:
            raise KubeError(f"current map key `{key or rest}` is invalid")
        if field:
            config.entries[kind][key] = {k: v for k, v in config.entries[kind][key].items() if k != field}
        else:
            del config.entries[kind][key]
    save(process, config)
    process.line(f'Property "{name}" unset.')
    return 0


def _place(name: str) -> tuple[str, str, str]:
    kind, _, rest = name.partition(".")
    key, _, field = rest.rpartition(".")
    if kind not in LISTS or not key:
        raise KubeError(f"unable to parse {name} after [] at api.Config")
    return kind, key, field


def view(process: Process, args: Args) -> int:
    config = config_of(process, args)
    told = config.told()
    if on(args, "--minify"):
        told = _minified(config, args.value("--context") or config.current)
    if not on(args, "--raw"):
        told = redacted(told)
    output = args.value("--output", "yaml")
    if output == "yaml":
        process.out(go_dumped(told))
    elif output == "json":
        process.line(json.dumps(_ordered(told), indent=4, ensure_ascii=False))
    elif output.startswith("jsonpath="):
        process.out(evaluated(output.removeprefix("jsonpath="), told, process.budget))
    elif output == "name":
        process.line("config/<unknown>")
    else:
        told_formats = f'the output format "{output}", allowed formats are: {_FORMATS}'
        raise KubeError(f"unable to match a printer suitable for {told_formats}")
    return 0


def _minified(config: Kubeconfig, name: str) -> Json:
    if not name:
        raise KubeError("current-context must exist in order to minify")
    facts = config.context(name)
    if facts is None:
        raise KubeError(f"cannot locate context {name}")
    small = Kubeconfig(config.paths, name)
    small.entries["contexts"][name] = facts
    for kind, field in (("clusters", "cluster"), ("users", "user")):
        key = str(facts.get(field) or "")
        if key and key not in config.entries[kind]:
            raise KubeError(f"cannot locate {field} {key}")
        if key:
            small.entries[kind][key] = config.entries[kind][key]
    return small.told()


def _ordered(told: Json) -> Json:
    made = {key: told[key] for key in _ORDER[""]}
    for kind, inner in LISTS.items():
        rows = []
        for one in told[kind] or []:
            order = _ORDER.get(inner, ())
            facts = one[inner]
            sorted_facts = {k: facts[k] for k in order if k in facts} | facts
            rows.append({"name": one["name"], inner: sorted_facts})
        made[kind] = rows or None
    return made


_OUTPUT = Option(("-o", "--output"), "FORMAT", "how to print")

CONFIG = row(
    "kubectl config",
    "modify kubeconfig files",
    None,
    "SUBCOMMAND",
    below=(
        row("kubectl config current-context", "display the current-context", current_context),
        row(
            "kubectl config delete-cluster",
            "delete the specified cluster from the kubeconfig",
            delete_cluster,
            "NAME",
        ),
        row(
            "kubectl config delete-context",
            "delete the specified context from the kubeconfig",
            delete_context,
            "NAME",
        ),
        row(
            "kubectl config delete-user", "delete the specified user from the kubeconfig", delete_user, "NAME"
        ),
        row("kubectl config get-clusters", "display clusters defined in the kubeconfig", get_clusters),
        row(
            "kubectl config get-contexts",
            "describe one or many contexts",
            get_contexts,
            "[(-o|--output=)name)]",
            (_OUTPUT, flag("--no-headers", "print no headers")),
        ),
        row("kubectl config get-users", "display users defined in the kubeconfig", get_users),
        row(
            "kubectl config rename-context",
            "rename a context from the kubeconfig file",
            rename_context,
            "CONTEXT_NAME NEW_NAME",
        ),
        row(
            "kubectl config set",
            "set an individual value in a kubeconfig file",
            set_value,
            "PROPERTY_NAME PROPERTY_VALUE",
        ),
        row(
            "kubectl config set-cluster",
            "set a cluster entry in kubeconfig",
            set_cluster,
            "NAME [--server=server]",
        ),
        row(
            "kubectl config set-context",
            "set a context entry in kubeconfig",
            set_context,
            "[NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]",
            (flag("--current", "modify the current context"),),
        ),
        row(
            "kubectl config set-credentials",
            "set a user entry in kubeconfig",
            set_credentials,
            "NAME [--token=bearer_token]",
            (Option(("--username",), "NAME"), Option(("--password",), "TEXT")),
        ),
        row("kubectl config unset", "unset an individual value in a kubeconfig file", unset, "PROPERTY_NAME"),
        row(
            "kubectl config use-context",
            "set the current-context in a kubeconfig file",
            use_context,
            "CONTEXT_NAME",
            aliases=("use",),
        ),
        row(
            "kubectl config view",
            "display merged kubeconfig settings or a specified kubeconfig file",
            view,
            "[flags]",
            (
                _OUTPUT,
                flag("--minify", "only what the current context uses"),
                flag("--raw", "show secret data"),
                flag("--flatten"),
                flag("--merge"),
                flag("--allow-missing-template-keys", simulated=False),
            ),
        ),
    ),
)
