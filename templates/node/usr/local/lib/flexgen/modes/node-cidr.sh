# shellcheck shell=bash disable=SC2034,SC2154
pod_cidr() {
	registered && ranges=$(jq -r '.spec.podCIDRs[]' <<<"$answer") && conflist $ranges
}
network() { within 60 pod_cidr || fail 62 "$CLUSTER gives this node no podCIDR" 'set network.mode to bridge or external'; }
