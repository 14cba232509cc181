"""The kinds of objects that the clusters know, and the names under which people ask for them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Json = Any


@dataclass(frozen=True, slots=True)
class Kind:
    group: str
    version: str
    kind: str
    plural: str
    short: tuple[str, ...] = ()
    namespaced: bool = True

    @property
    def api_version(self) -> str:
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def singular(self) -> str:
        return self.kind.lower()

    @property
    def resource(self) -> str:
        """`deployments.apps`, as errors name the type."""
        return f"{self.plural}.{self.group}" if self.group else self.plural

    @property
    def word(self) -> str:
        """`deployment.apps`, as kubectl names an object of it."""
        return f"{self.singular}.{self.group}" if self.group else self.singular


def _core(kind: str, plural: str, *short: str, namespaced: bool = True) -> Kind:
    return Kind("", "v1", kind, plural, short, namespaced)


def _apps(kind: str, plural: str, *short: str) -> Kind:
    return Kind("apps", "v1", kind, plural, short)


_RBAC = "rbac.authorization.k8s.io"
_IMAGE = "image.toolkit.fluxcd.io"

KINDS: tuple[Kind, ...] = (
    _core("ConfigMap", "configmaps", "cm"),
    _core("Endpoints", "endpoints", "ep"),
    _core("Event", "events", "ev"),
    _core("LimitRange", "limitranges", "limits"),
    _core("Namespace", "namespaces", "ns", namespaced=False),
    _core("Node", "nodes", "no", namespaced=False),
    _core("PersistentVolumeClaim", "persistentvolumeclaims", "pvc"),
    _core("PersistentVolume", "persistentvolumes", "pv", namespaced=False),
    _core("Pod", "pods", "po"),
    _core("ResourceQuota", "resourcequotas", "quota"),
    _core("Secret", "secrets"),
    _core("ServiceAccount", "serviceaccounts", "sa"),
    _core("Service", "services", "svc"),
    _apps("DaemonSet", "daemonsets", "ds"),
    _apps("Deployment", "deployments", "deploy"),
    _apps("ReplicaSet", "replicasets", "rs"),
    _apps("StatefulSet", "statefulsets", "sts"),
    Kind("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", ("hpa",)),
    Kind("batch", "v1", "CronJob", "cronjobs", ("cj",)),
    Kind("batch", "v1", "Job", "jobs"),
    Kind(_IMAGE, "v1", "ImagePolicy", "imagepolicies", ("imgpol", "imagepol")),
    Kind(_IMAGE, "v1", "ImageRepository", "imagerepositories", ("imgrepo", "imagerepo")),
    Kind(_IMAGE, "v1", "ImageUpdateAutomation", "imageupdateautomations", ("iua", "imgupd", "imgauto")),
    Kind("kustomize.toolkit.fluxcd.io", "v1", "Kustomization", "kustomizations", ("ks",)),
    Kind("networking.k8s.io", "v1", "Ingress", "ingresses", ("ing",)),
    Kind("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", ("netpol",)),
    Kind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", ("pdb",)),
    Kind(_RBAC, "v1", "ClusterRoleBinding", "clusterrolebindings", (), False),
    Kind(_RBAC, "v1", "ClusterRole", "clusterroles", (), False),
    Kind(_RBAC, "v1", "RoleBinding", "rolebindings"),
    Kind(_RBAC, "v1", "Role", "roles"),
    Kind("source.toolkit.fluxcd.io", "v1", "GitRepository", "gitrepositories", ("gitrepo",)),
)

ALL = (
    "pods",
    "services",
    "daemonsets",
    "deployments",
    "replicasets",
    "statefulsets",
    "horizontalpodautoscalers",
)
ALL_LAST = ("cronjobs", "jobs")
"""What `kubectl get all` means, in its order."""


@lru_cache(maxsize=512)
def named(word: str) -> Kind | None:
    """The kind that somebody means: `deploy`, `deployments`, `deployments.apps`, `deployments.v1.apps`."""
    wanted = word.lower()
    for kind in KINDS:
        plain = (kind.plural, kind.singular, *kind.short)
        if wanted in plain:
            return kind
        for one in plain:
            if kind.group and wanted in (f"{one}.{kind.group}", f"{one}.{kind.version}.{kind.group}"):
                return kind
    return None


def of(item: Json) -> Kind | None:
    """The kind of an object by its `apiVersion` and `kind`."""
    word = item.get("kind")
    kind = _BY_WORD.get(word) if isinstance(word, str) else None
    if kind is None:
        return None
    group = str(item.get("apiVersion", "")).rpartition("/")[0]
    if group == kind.group and (group.endswith("fluxcd.io") or item["apiVersion"] == kind.api_version):
        return kind
    return kind if group == "autoscaling" == kind.group else None


_BY_WORD = {one.kind: one for one in KINDS}
"""No two of them have the same one."""
