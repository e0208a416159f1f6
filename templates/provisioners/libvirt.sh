#!/bin/bash
# A machine of libvirt that becomes a node, from a cloud image of Ubuntu.
set -euo pipefail

npx flexgen cloud-init --target libvirt --out user-data.yaml
virt-install \
	--name edge-01 \
	--memory 4096 \
	--vcpus 2 \
	--osinfo ubuntu24.04 \
	--import \
	--disk size=40,backing_store=/var/lib/libvirt/images/noble-server-cloudimg-amd64.img \
	--network network=default \
	--cloud-init user-data=user-data.yaml \
	--noautoconsole
rm user-data.yaml
