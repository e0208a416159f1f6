# shellcheck shell=bash disable=SC2154
undo() { restore "${paths[@]}"; }

# The new token.sh with the new settings, where they lie now.
try() {
	local try=$work/try
	cp -a $new $try
	sed -i "s#/var/lib/kubelet/#$try/var/lib/kubelet/#g; s#/etc/flexgen/#$try/etc/flexgen/#g" $try/var/lib/kubelet/token.sh $try/etc/flexgen/entra.env
	bash $try/var/lib/kubelet/token.sh | jq -er .status.token
}

main() {
	local token http path changed=()
	begins
	grep -qs token.sh $kubelet/kubeconfig || die 'this node signs in with its certificate' 'nothing is to be done here'
	files
	command -v openssl >/dev/null || [[ ! -e $new$kubelet/token.key ]] || die 'openssl is missing' 'apt-get install openssl'
	for path in "${paths[@]}"; do cmp -s "$new$path" "$path" || changed+=("$path"); done
	if ((${#changed[@]} == 0)); then
		say "$node signs in with it already"
		return
	fi
	token=$(try) || die 'Entra gives no token for it' 'see its answer above'
	# The token goes to curl through a pipe: an argument could be read by anyone.
	http=$(curl -sSm15 -o /dev/null -w '%{http_code}' --cacert /etc/kubernetes/pki/ca.crt -H @<(echo "Authorization: Bearer $token") "$SERVER/api/v1/nodes/$node") || :
	# shellcheck disable=SC2016 # backticks for the reader
	[[ $http == 200 ]] || die "$CLUSTER does not take it for this node (HTTP $http)" 'bind it: `flexgen cluster apply`'
	replace "${paths[@]}"
	$kubelet/token.sh | jq -e '.status.token|length>0' >/dev/null || die 'Entra gave a token for it, and now gives none' 'run this again'
	# What another kind of proof has left.
	for path in $kubelet/token.{key,primes}; do [[ -e $new$path ]] || rm -f "$path"; done
	say "$node signs in with it from its next call on"
}
