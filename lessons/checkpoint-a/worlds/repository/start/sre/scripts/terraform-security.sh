#!/usr/bin/env bash
# checkov over the cluster's code. Without checkov it only warns.
if ! command -v checkov >/dev/null; then
  echo "[terraform-security] checkov isn't installed: nothing was scanned"
  exit 0
fi
checkov -d infra/terraform/hcloud_cluster --framework terraform --quiet --compact
