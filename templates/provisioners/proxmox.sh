#!/bin/bash
# A clone of a template of Proxmox VE that becomes a node. The storage `local` must have snippets among its content. Or without
# snippets: `--envelope nocloud-iso`, its file as an ISO image of the storage, and `qm set 101 --ide2 local:iso/seed.iso,media=cdrom`.
set -euo pipefail

npx flexgen cloud-init --target proxmox --out user-data.yaml
ssh root@pve.example 'umask 077; cat >/var/lib/vz/snippets/edge-01.yaml' <user-data.yaml
rm user-data.yaml
ssh root@pve.example '
	set -e
	qm clone 9000 101 --name edge-01
	qm set 101 --ide2 local-lvm:cloudinit --cicustom user=local:snippets/edge-01.yaml --ipconfig0 ip=dhcp
	qm start 101
'
