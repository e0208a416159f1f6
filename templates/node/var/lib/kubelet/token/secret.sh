#!/bin/bash
# prints an ExecCredential for kubelet
set -euo pipefail
# shellcheck source=/dev/null
. /etc/flexgen/entra.env
# shellcheck source=/dev/null
. /var/lib/kubelet/token.env
url=$AUTHORITY/$TENANT/oauth2/v2.0/token
printf %s "$CLIENT_SECRET" | curl -sSm20 -w '\n%{http_code}' ${AUTHORITY_CA:+--cacert $AUTHORITY_CA} -d "grant_type=client_credentials&client_id=$CLIENT_ID&scope=6dae42f8-4368-4678-94ff-3960e28e3630%2F.default" --data-urlencode client_secret@- "$url" |
	jq -s '.[-1] as $http|.[:-1]|add|if .access_token|type=="string" then {apiVersion:"client.authentication.k8s.io/v1",kind:"ExecCredential",
status:{token:.access_token,expirationTimestamp:(now+.expires_in-300|floor|todate)}} else (.error_description//"HTTP \($http): no token in the answer"|split("\r")[0]|halt_error) end'
