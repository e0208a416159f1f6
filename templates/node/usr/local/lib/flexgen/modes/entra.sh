# shellcheck shell=bash disable=SC2034,SC2154
connect() { :; }
credential() { echo "exec: {apiVersion: client.authentication.k8s.io/v1, command: $kubelet/token.sh, interactiveMode: Never}"; }
identify() {
	connect
	token=$($kubelet/token.sh 2>$run/token | jq -r .status.token) || fail 41 "no token: $(head -n1 $run/token)" 'mend the identity and render again'
	may_join
}
forget() { rm -f $kubelet/{bootstrap-kubeconfig,token.*} ${arc-}; }
