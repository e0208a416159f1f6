#!/bin/bash
# A Linode (Akamai) that becomes a node, by its API: its command line wants the payload as an argument, where every user of
# this machine reads it. The file `token` has one line, `Authorization: Bearer …`.
set -euo pipefail

npx flexgen cloud-init --target linode --envelope base64 --out user-data.b64
# At most 16,384 bytes before base64; only in regions that have its metadata service.
jq --null-input --rawfile payload user-data.b64 --rawfile key ~/.ssh/id_ed25519.pub '{
	label: "edge-01",
	region: "nl-ams",
	type: "g6-standard-2",
	image: "linode/ubuntu24.04",
	authorized_keys: [$key | rtrimstr("\n")],
	metadata: { user_data: $payload | rtrimstr("\n") }
}' | curl --fail --silent --show-error --header @token --header 'Content-Type: application/json' \
	--data @- https://api.linode.com/v4/linode/instances
rm user-data.b64
