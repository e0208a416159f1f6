#!/bin/bash
# A server of OpenStack that becomes a node.
set -euo pipefail

npx flexgen cloud-init --target openstack --out user-data
# At most 65,535 bytes in base64, which is left to the program.
openstack server create \
	--image ubuntu-24.04 \
	--flavor m1.medium \
	--network edge \
	--user-data user-data \
	edge-01
rm user-data
