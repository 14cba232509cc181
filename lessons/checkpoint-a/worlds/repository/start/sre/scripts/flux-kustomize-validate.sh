#!/usr/bin/env bash
# Build every kustomization above the changed files; without files, all of flux/.
command -v kustomize >/dev/null || { echo "[flux-validate] kustomize not found in PATH"; exit 1; }
if [ $# -eq 0 ]; then
  folders="$(find flux -name kustomization.yaml | sed 's|/kustomization.yaml||' | sort)"
else
  folders="$(for file in "$@"; do dirname "$file"; done | sort -u)"
fi
built=0
failed=0
for folder in $folders; do
  if [ ! -f "$folder/kustomization.yaml" ]; then continue; fi
  if kustomize build --load-restrictor=LoadRestrictionsNone "$folder" > /dev/null; then
    built=$((built + 1))
  else
    echo "[flux-validate] failed: $folder"
    failed=$((failed + 1))
  fi
done
echo "[flux-validate] built $built, failed $failed"
if [ "$failed" -gt 0 ]; then exit 1; fi
