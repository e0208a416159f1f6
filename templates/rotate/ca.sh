# shellcheck shell=bash disable=SC2034,SC2154
ca=/etc/kubernetes/pki/ca.crt
cert=$kubelet/pki/kubelet-client-current.pem
# What the kubelet asks for a new certificate with: the one that it has.
before=$kubelet/pki/flexgen-before.pem

undo() {
	restore $ca
	if [[ -e $old/pki ]]; then
		rm -rf $kubelet/pki $kubelet/bootstrap-kubeconfig
		cp -a $old/pki $kubelet/pki
		cp -a $old/kubeconfig $kubelet/kubeconfig
	fi
	systemctl restart kubelet
}

# FILE: what makes it that very certificate.
print() { openssl x509 -in "$1" -noout -fingerprint -sha256; }

# FILE PREFIX: each certificate of a bundle, one by one.
split() { awk -v to="$2" '/-BEGIN CERT/{n++; out=sprintf("%s.%03d", to, n)} out{print >out} /-END CERT/{out=""}' "$1"; }

# The node as the API server has it, asked as the node.
seen() {
	local ask=(curl -fsSm15 --cacert "$ca" "$SERVER/api/v1/nodes/$node")
	if [[ -e $kubelet/token.sh ]]; then
		"${ask[@]}" -H @<($kubelet/token.sh | jq -r '"Authorization: Bearer "+.status.token')
	else
		"${ask[@]}" --cert $cert
	fi
}

# SECONDS: Ready, and said so since.
ready() { seen 2>$work/why | jq -e --argjson since "$1" '.status.conditions[]|select(.type=="Ready")|.status=="True" and (.lastHeartbeatTime|fromdate)>=$since' >/dev/null; }

restart() {
	local since end=$((SECONDS + 120))
	since=$(date +%s)
	systemctl restart kubelet
	until ready "$since"; do
		((SECONDS < end)) || die "kubelet is not Ready with it: $(tail -n1 $work/why)" 'see journalctl -u kubelet'
		sleep 1
	done
}

# The kubelet asks as itself for a certificate of the new CA, as it does before one expires.
renew() {
	cp -a $kubelet/pki $old/pki
	cp -a $kubelet/kubeconfig $old/kubeconfig
	cat $cert >$before
	printf '{apiVersion: v1, kind: Config, clusters: [{name: c, cluster: {server: "%s", certificate-authority: %s}}], users: [{name: u, user: {client-certificate: %s, client-key: %s}}], contexts: [{name: x, context: {cluster: c, user: u}}], current-context: x}\n' "$SERVER" $ca $before $before >$kubelet/bootstrap-kubeconfig
	rm -f $cert $kubelet/kubeconfig
}

main() {
	local f wanted dropped=() renewed='' added=0
	begins
	command -v openssl >/dev/null || die 'openssl is missing' 'apt-get install openssl'
	files
	split $new$ca $work/is
	split $ca $work/was
	wanted=$(for f in "$work"/is.*; do print "$f"; done)
	for f in "$work"/was.*; do
		[[ $wanted != *"$(print "$f")"* ]] || continue
		if [[ $drop ]]; then
			dropped+=("$f")
		elif openssl x509 -in "$f" -checkend 0 >/dev/null; then
			cat "$f" >>$new$ca
			added=$((added + 1))
		fi
	done
	# Any answer will do: what counts is who signed its certificate.
	curl -sSm15 -o /dev/null --cacert $new$ca "$SERVER/livez" || die "$SERVER can't be trusted with it" 'has the cluster this CA yet?'
	for f in "${dropped[@]}"; do
		[[ -e $cert ]] && openssl verify -partial_chain -CAfile "$f" $cert &>/dev/null && renewed=1
	done
	if cmp -s $new$ca $ca && [[ ! $renewed ]]; then
		say "$node trusts it already"
		return
	fi
	if [[ $renewed ]]; then
		# Until it has the new one, the kubelet trusts both.
		cp $new$ca $work/only
		cat $work/was.* >>$new$ca
		replace $ca
		cp $work/only $new$ca
		renew
		restart
		rm -f $before $kubelet/bootstrap-kubeconfig
		for f in "${dropped[@]}"; do ! openssl verify -partial_chain -CAfile "$f" $cert &>/dev/null || die 'the cluster still signs with the old CA' 'wait until it has only the new one'; done
	fi
	replace $ca
	restart
	systemctl try-restart node-problem-detector 2>/dev/null || :
	say "$node is Ready and trusts it$( ((added == 0)) || echo ", and $added before it")${renewed:+; it has a certificate of the new CA}"
}
