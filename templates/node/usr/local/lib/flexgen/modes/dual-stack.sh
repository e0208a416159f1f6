# shellcheck shell=bash disable=SC2034,SC2154
# One address for each filter of $NODE_IP, where @ is the device of the family's default route. A device may have one
# family alone; a network that the config names has to be there. primary: no temporary one of IPv6.
address() {
	local each is v
	while read -rd, each; do
		v='-4' is=''
		[[ $each != *:* ]] || v='-6' is=primary
		each=${each/@/$(ip -j $v route show default | jq -r '.[0].dev//"lo"')}
		is=$(ip -o addr show $each scope global $is | awk '{sub("/.*","",$4);print $4;exit}') || :
		[[ $is || $each == dev* ]] || fail 51 "no address of this machine fits node.ip: $each"
		ip+=${is:+${ip:+,}$is}
	done <<<"$NODE_IP,"
	[[ $ip ]] || fail 51 "no address of this machine fits node.ip: $NODE_IP"
}
