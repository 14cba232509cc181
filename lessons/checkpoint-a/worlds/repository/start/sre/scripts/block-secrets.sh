#!/usr/bin/env bash
# Files with such names hold secrets. The hook's pattern chooses them; whatever comes here is refused.
echo "SECRET BLOCKED: files with these names don't belong in Git:"
for name in "$@"; do echo "  $name"; done
exit 1
