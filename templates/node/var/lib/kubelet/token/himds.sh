#!/bin/bash
# prints an ExecCredential for kubelet
set -euo pipefail
tokens=/var/opt/azcmagent/tokens
ask() { curl -sSm20 --noproxy '*' -H Metadata:true "$@" 'http://127.0.0.1:40342/metadata/identity/oauth2/token?api-version=2020-06-01&resource=6dae42f8-4368-4678-94ff-3960e28e3630'; }
challenge=$(ask -D-)
key=$(sed -nE 's/^www-authenticate: *basic realm=([^\r]*).*/\1/Ip' <<<"$challenge")
# Whoever listens on that port may name a file, but none that only root can read.
[[ $key == "$tokens"/*.key && ${key#"$tokens"/} != */* && $(find "$key" -maxdepth 0 -type f -size -4097c) ]] || {
	echo "HIMDS: no challenge with a key of $tokens: ${challenge##*$'\n'}" >&2
	exit 1
}
printf 'Authorization: Basic %s' "$(<"$key")" | ask -H@- |
	jq -s '.[0]|if .access_token|type=="string" then {apiVersion:"client.authentication.k8s.io/v1",kind:"ExecCredential",
status:{token:.access_token,expirationTimestamp:((.expires_on|tonumber? //(.[:19]+"Z"|fromdate))-300|todate)}} else (.error_description//.error//"no token in the answer"|halt_error) end'
