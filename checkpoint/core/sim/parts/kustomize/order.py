"""The order in which kustomize prints objects: what others need comes first."""

from typing import Any

_FIRST = (
    *("Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount"),
    *("PodSecurityPolicy", "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap"),
    *("Secret", "Endpoints", "Service", "LimitRange", "PriorityClass", "PersistentVolume"),
    *("PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob", "PodDisruptionBudget"),
)
_LAST = ("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration")


def rank(item: dict[str, Any]) -> tuple[int, str, str, str, str, str]:
    """A key for sorting objects as `kustomize build` does."""
    kind = str(item.get("kind", ""))
    if kind in _FIRST:
        place = _FIRST.index(kind) - len(_FIRST)
    else:
        place = 1 + _LAST.index(kind) if kind in _LAST else 0
    group, _, version = str(item.get("apiVersion", "")).rpartition("/")
    meta = item.get("metadata") or {}
    return place, group, version, kind, str(meta.get("namespace") or "~X"), str(meta.get("name", ""))
