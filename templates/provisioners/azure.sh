#!/bin/bash
# A VM in Azure that becomes a node beside AKS's own pools. With `auth.mode: managed-identity` add `--assign-identity`: then
# the payload has no secret.
set -euo pipefail

npx flexgen cloud-init --target azure --envelope plain --out user-data.yaml
# At most 65,535 bytes before base64, which is left to the program.
az vm create \
	--resource-group edge \
	--name edge-01 \
	--image Ubuntu2404 \
	--size Standard_D2s_v5 \
	--admin-username operator \
	--ssh-key-values ~/.ssh/id_ed25519.pub \
	--custom-data user-data.yaml
rm user-data.yaml
