#!/bin/bash
# An instance of an Oxide rack that becomes a node.
set -euo pipefail
umask 077

npx flexgen cloud-init --target oxide --envelope base64 --out user-data.b64
# At most 32,768 bytes before base64.
jq --null-input --rawfile payload user-data.b64 '{
	name: "edge-01",
	description: "a node",
	hostname: "edge-01",
	ncpus: 2,
	memory: 8589934592,
	disks: [{
		type: "create",
		name: "edge-01",
		description: "its root",
		size: 42949672960,
		disk_source: { type: "image", image_id: "00000000-0000-0000-0000-000000000000" }
	}],
	network_interfaces: { type: "default" },
	external_ips: [{ type: "ephemeral" }],
	user_data: $payload | rtrimstr("\n")
}' >instance.json
oxide instance create --project edge --json-body instance.json
rm user-data.b64 instance.json
