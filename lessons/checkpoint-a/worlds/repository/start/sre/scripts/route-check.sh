#!/usr/bin/env bash
# Walk the frontend's route of an environment as the ingress controller does: host, service, port, endpoints.
# Usage: scripts/route-check.sh ENVIRONMENT
env="${1:?environment}"
case "$env" in
  production) want="app.safeops.work" ;;
  *) want="$env.safeops.work" ;;
esac
host="$(kubectl -n "$env" get ingress frontend -o jsonpath='{.spec.rules[0].host}')" || exit 1
service="$(kubectl -n "$env" get ingress frontend -o jsonpath='{.spec.rules[0].http.paths[0].backend.service.name}')"
port="$(kubectl -n "$env" get ingress frontend -o jsonpath='{.spec.rules[0].http.paths[0].backend.service.port.number}')"
if [ "$host" != "$want" ]; then
  echo "$want -> 404 Not Found: no rule for this host (the rule is for $host)"
  exit 1
fi
ports="$(kubectl -n "$env" get service "$service" -o jsonpath='{.spec.ports[*].port}' 2>/dev/null)"
case " $ports " in
  *" $port "*) ;;
  *) echo "$want -> 502 Bad Gateway: $service:$port answers nothing (its ports: ${ports:-no such service})"; exit 1 ;;
esac
ready="$(kubectl -n "$env" get deployment "$service" -o jsonpath='{.status.readyReplicas}' 2>/dev/null)"
if [ -z "$ready" ] || [ "$ready" = 0 ]; then
  echo "$want -> 503 Service Unavailable: $service has no ready pod"
  exit 1
fi
echo "$want -> 200 OK ($service:$port, $ready ready)"
