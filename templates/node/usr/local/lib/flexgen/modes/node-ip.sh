# shellcheck shell=bash disable=SC2034
# The first that the config's filter fits.
address() {
	ip=$(ip -o addr show $NODE_IP scope global | awk '{sub("/.*","",$4);print $4;exit}') || :
	[[ $ip ]] || fail 51 "no address of this machine fits node.ip: $NODE_IP"
}
