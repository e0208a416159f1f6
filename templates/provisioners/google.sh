#!/bin/bash
# A machine of Compute Engine that becomes a node.
set -euo pipefail

npx flexgen cloud-init --target gcp --envelope plain --out user-data.yaml
# At most 262,144 bytes. Whoever may see the machine's metadata sees the payload: give its credential a short life.
gcloud compute instances create edge-01 \
	--zone europe-west4-a \
	--machine-type e2-standard-2 \
	--image-project ubuntu-os-cloud \
	--image-family ubuntu-2404-lts-amd64 \
	--no-service-account \
	--no-scopes \
	--metadata-from-file user-data=user-data.yaml
rm user-data.yaml
