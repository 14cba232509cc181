"""What a kustomization changes on every object: namespace, names, labels, annotations, images, replicas."""

from collections.abc import Callable, Iterator
from typing import Any

Json = Any

WITHOUT_NAMESPACE = {
    *("Namespace", "Node", "PersistentVolume", "StorageClass", "ClusterRole", "ClusterRoleBinding"),
    *("CustomResourceDefinition", "PriorityClass", "IngressClass", "APIService"),
    *("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"),
}
"""Kinds that belong to the whole cluster."""

_KEEP_NAMES = {"Namespace", "CustomResourceDefinition", "APIService"}
_WITH_TEMPLATE = {"Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"}
_SELECTS = {"Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"}


def meta(item: Json) -> Json:
    if not isinstance(item.get("metadata"), dict):
        item["metadata"] = {}
    return item["metadata"]


def templates(item: Json) -> Iterator[Json]:
    """The pod templates of an object."""
    spec = item.get("spec")
    if not isinstance(spec, dict):
        return
    if item.get("kind") == "CronJob":
        inner = (spec.get("jobTemplate") or {}).get("spec") or {}
        if isinstance(inner.get("template"), dict):
            yield inner["template"]
    elif item.get("kind") in _WITH_TEMPLATE and isinstance(spec.get("template"), dict):
        yield spec["template"]


def pod_specs(item: Json) -> Iterator[Json]:
    if item.get("kind") == "Pod" and isinstance(item.get("spec"), dict):
        yield item["spec"]
    for template in templates(item):
        if isinstance(template.get("spec"), dict):
            yield template["spec"]


def set_namespace(items: list[Json], namespace: str) -> None:
    for item in items:
        kind = item.get("kind")
        if kind == "Namespace":
            meta(item)["name"] = namespace
        elif kind not in WITHOUT_NAMESPACE:
            meta(item)["namespace"] = namespace
        if kind in ("RoleBinding", "ClusterRoleBinding"):
            for subject in item.get("subjects") or []:
                if subject.get("kind") == "ServiceAccount" and subject.get("name") == "default":
                    subject["namespace"] = namespace


def renamed(items: list[Json], change: Callable[[str], str]) -> None:
    for item in items:
        if item.get("kind") not in _KEEP_NAMES:
            meta(item)["name"] = change(str(meta(item).get("name", "")))


def add_labels(items: list[Json], pairs: dict[str, str], *, selectors: bool, in_templates: bool) -> None:
    for item in items:
        _into(meta(item), "labels", pairs)
        if selectors or in_templates:
            for template in templates(item):
                _into(meta(template), "labels", pairs)
        if not selectors or not isinstance(item.get("spec"), dict):
            continue
        if item.get("kind") == "Service" and isinstance(item["spec"].get("selector"), dict):
            _into(item["spec"], "selector", pairs)
        if item.get("kind") in _SELECTS:
            _into(item["spec"].setdefault("selector", {}), "matchLabels", pairs)


def add_annotations(items: list[Json], pairs: dict[str, str]) -> None:
    for item in items:
        _into(meta(item), "annotations", pairs)
        for template in templates(item):
            _into(meta(template), "annotations", pairs)


def _into(place: Json, field: str, pairs: dict[str, str]) -> None:
    place[field] = {**(place.get(field) or {}), **{str(k): str(v) for k, v in pairs.items()}}


def set_image(items: list[Json], facts: dict[str, Any]) -> None:
    for item in items:
        for spec in pod_specs(item):
            for field in ("initContainers", "containers"):
                for container in spec.get(field) or []:
                    if isinstance(container, dict) and isinstance(container.get("image"), str):
                        container["image"] = image_with(container["image"], facts)


def image_parts(image: str) -> tuple[str, str, str]:
    """(name, tag, digest) of an image's reference.

    >>> image_parts("ghcr.io:443/acme/web:1.4.0")
    ('ghcr.io:443/acme/web', '1.4.0', '')
    """
    rest, _, digest = image.partition("@")
    place = rest.rfind(":")
    if place > rest.rfind("/"):
        return rest[:place], rest[place + 1 :], digest
    return rest, "", digest


def image_with(image: str, facts: dict[str, Any]) -> str:
    name, tag, digest = image_parts(image)
    if name != facts.get("name"):
        return image
    made = facts.get("newName") or name
    if facts.get("digest"):
        new_tag = f":{facts['newTag']}" if facts.get("newTag") else ""
        return f"{made}{new_tag}@{facts['digest']}"
    if facts.get("newTag") not in (None, ""):
        return f"{made}:{facts['newTag']}{facts.get('tagSuffix', '')}"
    return made + (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")


def references(item: Json) -> Iterator[tuple[Json, str, tuple[str, ...]]]:
    """Places that name another object: (holder, field, kinds that may be meant)."""
    for spec in pod_specs(item):
        yield from _pod_references(spec)
    kind, spec = item.get("kind"), item.get("spec")
    if isinstance(spec, dict):
        if kind == "HorizontalPodAutoscaler" and isinstance(spec.get("scaleTargetRef"), dict):
            yield spec["scaleTargetRef"], "name", (str(spec["scaleTargetRef"].get("kind")),)
        if kind == "Ingress":
            yield from _ingress_references(spec)
        if kind == "StatefulSet":
            yield spec, "serviceName", ("Service",)
    if kind in ("RoleBinding", "ClusterRoleBinding"):
        if isinstance(item.get("roleRef"), dict):
            yield item["roleRef"], "name", (str(item["roleRef"].get("kind")),)
        for subject in item.get("subjects") or []:
            if isinstance(subject, dict) and subject.get("kind") == "ServiceAccount":
                yield subject, "name", ("ServiceAccount",)


def _pod_references(spec: Json) -> Iterator[tuple[Json, str, tuple[str, ...]]]:
    config, secret = ("ConfigMap",), ("Secret",)
    for field in ("initContainers", "containers"):
        for container in spec.get(field) or []:
            for one in container.get("envFrom") or []:
                for name, kinds in (("configMapRef", config), ("secretRef", secret)):
                    if isinstance(one.get(name), dict):
                        yield one[name], "name", kinds
            for one in container.get("env") or []:
                value = one.get("valueFrom") or {}
                for name, kinds in (("configMapKeyRef", config), ("secretKeyRef", secret)):
                    if isinstance(value.get(name), dict):
                        yield value[name], "name", kinds
    for volume in spec.get("volumes") or []:
        if isinstance(volume.get("configMap"), dict):
            yield volume["configMap"], "name", config
        if isinstance(volume.get("secret"), dict):
            yield volume["secret"], "secretName", secret
        if isinstance(volume.get("persistentVolumeClaim"), dict):
            yield volume["persistentVolumeClaim"], "claimName", ("PersistentVolumeClaim",)
    for one in spec.get("imagePullSecrets") or []:
        yield one, "name", secret
    yield spec, "serviceAccountName", ("ServiceAccount",)


def _ingress_references(spec: Json) -> Iterator[tuple[Json, str, tuple[str, ...]]]:
    if isinstance((spec.get("defaultBackend") or {}).get("service"), dict):
        yield spec["defaultBackend"]["service"], "name", ("Service",)
    for rule in spec.get("rules") or []:
        for path in (rule.get("http") or {}).get("paths") or []:
            service = (path.get("backend") or {}).get("service")
            if isinstance(service, dict):
                yield service, "name", ("Service",)
    for one in spec.get("tls") or []:
        yield one, "secretName", ("Secret",)
