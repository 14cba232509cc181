#!/usr/bin/env bash
# terraform validate, in the folder of the cluster.
set -euo pipefail
dir=infra/terraform/hcloud_cluster
if [ ! -d "$dir/.terraform" ]; then
  terraform -chdir="$dir" init -input=false -backend=false
fi
terraform -chdir="$dir" validate
