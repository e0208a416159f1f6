#!/bin/bash
# prints an ExecCredential for kubelet
set -euo pipefail
# shellcheck source=/dev/null
. /etc/flexgen/entra.env
# shellcheck source=/dev/null
. /var/lib/kubelet/token.env
url=$AUTHORITY/$TENANT/oauth2/v2.0/token
base64url() { base64 -w0 | tr +/ -_ | tr -d =; }
printf -v now '%(%s)T'
printf -v claims '{"aud":"%s","iss":"%s","sub":"%s","jti":"%s","nbf":%d,"iat":%d,"exp":%d}' "$url" $CLIENT_ID $CLIENT_ID "$(</proc/sys/kernel/random/uuid)" $now $now $((now + 300))
jwt=$HEADER.$(printf %s "$claims" | base64url)
# With -1 the salt is as long as the digest, which PS256 wants.
signature=$(printf %s "$jwt" | openssl dgst -sha256 -sign /var/lib/kubelet/token.key -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:-1 | base64url)
printf %s "$jwt.$signature" | curl -sSm20 -w '\n%{http_code}' ${AUTHORITY_CA:+--cacert $AUTHORITY_CA} -d "grant_type=client_credentials&client_id=$CLIENT_ID&scope=6dae42f8-4368-4678-94ff-3960e28e3630%2F.default&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer" --data-urlencode client_assertion@- "$url" |
	jq -s '.[-1] as $http|.[:-1]|add|if .access_token|type=="string" then {apiVersion:"client.authentication.k8s.io/v1",kind:"ExecCredential",
status:{token:.access_token,expirationTimestamp:(now+.expires_in-300|floor|todate)}} else (.error_description//"HTTP \($http): no token in the answer"|split("\r")[0]|halt_error) end'
