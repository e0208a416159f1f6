#!/bin/bash
# A droplet that becomes a node.
set -euo pipefail

npx flexgen cloud-init --target digitalocean --out user-data.yaml
# At most 65,536 bytes of plain text.
doctl compute droplet create edge-01 \
	--image ubuntu-24-04-x64 \
	--size s-2vcpu-4gb \
	--region ams3 \
	--user-data-file user-data.yaml
rm user-data.yaml
