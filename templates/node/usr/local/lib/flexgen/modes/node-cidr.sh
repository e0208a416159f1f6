# shellcheck shell=bash disable=SC2034,SC2154
pod_cidr() {
	registered && jq -r '.spec.podCIDRs|to_entries[]|"s|@\(.key)|\(.value)|"' <<<"$answer" | sed -f- $etc/node-cidr.conflist >$run/cni &&
		install -Dm644 $run/cni /etc/cni/net.d/99-flexgen.conflist
}
network() { within 60 pod_cidr || fail 62 "$CLUSTER gives this node no podCIDR" 'set network.mode to bridge or external'; }
