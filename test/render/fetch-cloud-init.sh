#!/bin/bash
# Puts cloud-init beside the tests, to check user-data with its own schema: `.cache/cloud-init` gets its package and those
# it needs, unpacked. It is not installed: it would run at the next boot and change this machine's network.
set -euo pipefail
cache=$(dirname "$0")/../../.cache/cloud-init
if [[ -e $cache/done ]] || command -v cloud-init >/dev/null; then exit; fi
rm -rf "$cache"
mkdir -p "$cache/partial"
# apt downloads what this machine lacks, with apt's own verification.
apt-get -qq -y --download-only --no-install-recommends -o Debug::NoLocking=1 \
	-o Dir::Cache::archives="$(realpath "$cache")" -o APT::Sandbox::User=root install cloud-init >"$cache/log"
for package in "$cache"/*.deb; do dpkg -x "$package" "$cache/root"; done
rm -f "$cache"/*.deb
touch "$cache/done"
