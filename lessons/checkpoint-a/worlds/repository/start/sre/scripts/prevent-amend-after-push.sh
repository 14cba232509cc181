#!/usr/bin/env bash
# Refuse to amend a commit that a remote branch already has. prepare-commit-msg: file, source, sha.
source="${2:-$PRE_COMMIT_COMMIT_MSG_SOURCE}"
sha="${3:-$PRE_COMMIT_COMMIT_OBJECT_NAME}"
if [ "$source" != commit ]; then exit 0; fi
if [ -z "$(git remote)" ]; then exit 0; fi
if [ -n "$(git branch -r --contains "$sha" 2>/dev/null)" ]; then
  echo "AMEND BLOCKED: $sha is already on the remote. Make a new commit instead."
  exit 1
fi
