#!/bin/bash
# Stands for a provisioner's program: keeps what it was called with, the files among that, and what it was piped.
set -euo pipefail
call=$(mktemp -d "$CALLS/$(printf %03d "$(find "$CALLS" -mindepth 1 -maxdepth 1 | wc -l)").XXXX")
printf '%s\0' "${0##*/}" "$@" >"$call/argv"
for argument; do
	# The end of `key=file`, `scheme://file` and `@file` is one as well.
	file=${argument##*[=@]}
	file=${file#*://}
	if [[ -f $file ]]; then cat "$file" >"$call/file-${file##*/}"; fi
done
cat >"$call/stdin"
