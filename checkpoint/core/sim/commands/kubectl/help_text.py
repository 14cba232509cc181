"""What kubectl's options are for, after its reference (kubernetes.io/docs/reference/kubectl)."""

_FROM = {
    "--from-literal": "a key and its value, key=value",
    "--from-file": "a file, or a folder of files, whose content is a value; its name is the key",
    "--from-env-file": "a file of key=value lines",
    "--type": "the type of the secret",
}
_RULE = {
    "--verb": "what may be done",
    "--resource": "to which resources",
    "--resource-name": "to which objects only",
}
_SUBJECT = {
    "--role": "the role that is given",
    "--clusterrole": "the cluster role that is given",
    "--user": "a user who gets it",
    "--group": "a group that gets it",
    "--serviceaccount": "a service account that gets it, NAMESPACE:NAME",
}
_SERVICE = {
    "--tcp": "a port, and the one behind it, PORT:TARGET",
    "--clusterip": "the service's own address, or None",
    "--external-name": "the name that it stands for",
}
_ROLLOUT = {"--revision": "the revision", "--to-revision": "the revision to go back to; 0 is the one before"}
_PORT = "the port that the service serves"

MEANINGS: dict[str, dict[str, str]] = {
    "": {
        "--recursive": "read the folder of -f with the folders in it",
        "--request-timeout": "how long to wait for one answer of the server (1s, 2m); 0 for ever",
        "--insecure-skip-tls-verify": "don't check the server's certificate (insecure)",
        "--v": "how much to log",
        "--selector": "only objects with these labels: =, ==, !=, in, notin",
        "--field-selector": "only objects with these fields",
        "--all": "all objects of the types named, in the namespace",
        "--all-namespaces": "the objects of all namespaces",
        "--record": "note this command in an annotation (deprecated)",
        "--validate": "strict (or true), warn, ignore (or false): look for unknown and doubled fields",
        "--save-config": "keep the object's configuration in its annotation, for a later apply",
        "--overwrite": "change labels and annotations that are there already",
        "--wait": "wait until it is done",
        "--timeout": "how long to wait before giving up",
        "--ignore-not-found": "an object that isn't there is no error",
        "--watch": "follow until it is done",
        "--image": "the image to run",
        "--port": "the port that the container exposes",
        "--replicas": "how many pods there should be",
    },
    "kubectl get": {
        "--show-kind": "show the type in front of each name",
        "--chunk-size": "fetch long lists in pieces of this size",
        "--server-print": "let the server choose the columns",
    },
    "kubectl apply": {
        "--force-conflicts": "with --server-side: take over fields that others manage",
    },
    "kubectl delete": {
        "--force": "delete at once, without waiting for the containers to end",
        "--now": "the shortest time to end (as --grace-period=1)",
        "--grace-period": "seconds to end; -1 is the object's own",
    },
    "kubectl describe": {"--show-events": "show events, too"},
    "kubectl run": {
        "--env": "an environment variable, NAME=value",
        "--labels": "labels, separated by commas",
        "--restart": "Always, OnFailure or Never",
    },
    "kubectl expose": {
        "--port": _PORT,
        "--target-port": "the container's port, by number or name",
        "--protocol": "TCP, UDP or SCTP",
        "--name": "the service's name",
        "--type": "ClusterIP, NodePort, LoadBalancer or ExternalName",
    },
    "kubectl patch": {
        "--type": "strategic, merge or json",
        "--patch": "the patch, in JSON or YAML",
        "--patch-file": "a file with the patch",
    },
    "kubectl scale": {"--current-replicas": "only where there are so many now"},
    "kubectl create role": _RULE,
    "kubectl create clusterrole": _RULE,
    "kubectl create rolebinding": _SUBJECT,
    "kubectl create clusterrolebinding": _SUBJECT,
    **{
        f"kubectl create service {one}": _SERVICE
        for one in ("clusterip", "nodeport", "loadbalancer", "externalname")
    },
    "kubectl create quota": {"--hard": "the most of each resource"},
    "kubectl create ingress": {
        "--rule": "where requests go, HOST/PATH=SERVICE:PORT",
        "--class": "the class of the ingress",
    },
    "kubectl create cronjob": {
        "--image": "the image of the container",
        "--schedule": "when it runs, as cron has it",
        "--restart": "the restart policy of its pods",
    },
    "kubectl config set-credentials": {"--username": "the user's name", "--password": "their password"},
    "kubectl create configmap": _FROM,
    "kubectl create secret generic": _FROM,
    "kubectl create secret docker-registry": {
        "--docker-server": "the registry's address",
        "--docker-username": "the user there",
        "--docker-password": "the password there",
        "--docker-email": "the user's e-mail address",
    },
    "kubectl rollout status": _ROLLOUT | {"--revision": "wait for this revision only"},
    "kubectl rollout undo": _ROLLOUT,
    "kubectl rollout history": _ROLLOUT | {"--revision": "show what this revision's pods look like"},
    "kubectl logs": {
        "--container": "of this container",
        "--tail": "only so many last lines; -1 is all",
        "--since": "only what is younger (5s, 2m, 3h)",
        "--follow": "go on printing what is logged",
        "--all-containers": "of all the pod's containers",
    },
    "kubectl auth can-i": {
        "--quiet": "print nothing; the exit code tells",
        "--list": "print everything that is allowed",
    },
    "kubectl version": {"--client": "only the client's version", "--output": "json or yaml"},
    "kubectl api-resources": {"--no-headers": "print no headers"},
    "kubectl config view": {
        "--flatten": "put the content of certificate files into the output",
        "--merge": "merge the files of KUBECONFIG",
    },
} | {f"kubectl rollout {name}": _ROLLOUT for name in ("pause", "restart", "resume")}
"""By command, an empty text for all of them, and option."""
