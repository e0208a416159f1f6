#!/bin/bash
# prints an ExecCredential for kubelet
set -euo pipefail
# shellcheck source=/dev/null
. /var/lib/kubelet/token.env
printf %s "$CLIENT_SECRET" | curl -sSm20 ${AUTHORITY_CA:+--cacert $AUTHORITY_CA} -d "$FORM" --data-urlencode client_secret@- "$TOKEN_URL" |
	jq -s '.[0]|if .access_token|type=="string" then {apiVersion:"client.authentication.k8s.io/v1",kind:"ExecCredential",
status:{token:.access_token,expirationTimestamp:(now+.expires_in-300|floor|todate)}} else (.error_description//"no token in the answer"|split("\r")[0]|halt_error) end'
