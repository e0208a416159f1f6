#!/bin/bash
# A server of Hetzner Cloud that becomes a node.
set -euo pipefail

npx flexgen cloud-init --target hetzner --out user-data.yaml
# At most 32,768 bytes.
hcloud server create \
	--name edge-01 \
	--image ubuntu-24.04 \
	--type cx32 \
	--location fsn1 \
	--user-data-from-file user-data.yaml
rm user-data.yaml
