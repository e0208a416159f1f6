#!/bin/bash
# What a snippet calls on a node, in a folder that stands for its root: curl reaches an API server whose certificate the CA
# `server` has signed, and a kubelet that starts asks for its certificate, which the CA `signer` signs.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
kubelet=$here/root/var/lib/kubelet
case ${0##*/} in
curl)
	ca='' cert='' url=''
	while (($#)); do
		case $1 in
		--cacert) ca=$2 && shift ;;
		--cert) cert=$2 && shift ;;
		https:*) url=$1 ;;
		esac
		shift
	done
	openssl verify -CAfile "$ca" "$here/server.crt" &>/dev/null || exit 60
	[[ $url == */nodes/* ]] || exit 0
	[[ -e $cert ]] || exit 58
	printf '{"status":{"conditions":[{"type":"Ready","status":"%s","lastHeartbeatTime":"%s"}]}}' "$(<"$here/ready")" "$(date -u +%FT%TZ)"
	;;
systemctl)
	echo "$*" >>"$here/calls"
	if [[ $1 == restart && ! -e $kubelet/kubeconfig ]]; then
		grep -q "client-certificate: $kubelet/pki/flexgen-before.pem" "$kubelet/bootstrap-kubeconfig"
		cp "$here/signed.pem" "$kubelet/pki/kubelet-client-next.pem"
		ln -sf "$kubelet/pki/kubelet-client-next.pem" "$kubelet/pki/kubelet-client-current.pem"
		echo next >"$kubelet/kubeconfig"
	fi
	;;
esac
