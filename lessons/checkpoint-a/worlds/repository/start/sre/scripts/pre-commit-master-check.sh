#!/usr/bin/env bash
# No work directly on a protected branch. Looks at the branch you are on, not at what is pushed.
protected=""
for argument in "$@"; do
  case "$argument" in
    --protected=*) protected="$protected ${argument#--protected=}" ;;
  esac
done
if [ -z "$protected" ]; then protected="master main"; fi
branch="$(git symbolic-ref --short -q HEAD || true)"
if [ -z "$branch" ]; then
  echo "[branch-guard] no branch is checked out"
  exit 1
fi
for name in $protected; do
  if [ "$branch" = "$name" ]; then
    echo "COMMIT BLOCKED: '$branch' is protected."
    echo "Make a branch first: git checkout -b feature/<task>"
    exit 1
  fi
done
