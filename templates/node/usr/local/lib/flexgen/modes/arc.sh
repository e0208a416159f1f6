# shellcheck shell=bash disable=SC2034,SC2154
arc=$var/azcmagent.json

# shellcheck disable=SC2016 # dpkg's own variables
installed() { [[ $(dpkg-query -Wf '${db:Status-Status} ${Version}' azcmagent 2>/dev/null) == "installed "${AGENT_VERSION:-*} ]]; }

# Whether the agent is connected as the machine of that file.
ours() {
	azcmagent show -j | jq -e --slurpfile c $arc --arg node $node '. as $is|$c[0]|
["/subscriptions/\(."subscription-id")/resourceGroups/\(."resource-group")/providers/Microsoft.HybridCompute/machines/\(."resource-name"//$node)",.vmid//$is.vmId]
|map(ascii_downcase)==([$is.resourceId,$is.vmId]|map(ascii_downcase))'
} >/dev/null

connect() {
	local out why pause key file=$arc how=$AGENT_CONNECT
	[[ -e $arc ]] || return 0
	# It travels as its primes, and is no file of a disk.
	key=$(jq -r '."private-key"//empty' $arc)
	if [[ $key ]]; then
		key=$(/usr/local/lib/flexgen/rsa <<<"$key") file=$run/azcmagent.json
		(umask 77 && jq --rawfile key <(printf %s "$key") '."private-key"=$key' $arc >$file)
	fi
	undo 'azcmagent disconnect --force-local-only'
	[[ ! ${https_proxy-} ]] || undo 'azcmagent config clear proxy.url'
	[[ ! ${https_proxy-} ]] || azcmagent config set proxy.url $https_proxy >&2
	grep -q '"resource-name"' $arc || how+=" --resource-name $node"
	for pause in 5 15 30 60 0; do
		out=$(azcmagent connect $how --config $file 2>&1) && break
		# Its documentation says that keys equal flags, but shows none with this one. An argument can be read by others
		# for as long as the command runs, so that it is the second choice.
		if [[ $key && ${out,,} =~ (unknown|missing|required).*private-key|private-key.*(unknown|missing|required) ]]; then
			how+=" --private-key $key" key=''
			jq 'del(."private-key")' $arc >$file
			continue
		fi
		# No exit code of its is documented, but these codes are. What is not among them is tried again.
		why=$(grep -m1 -o 'AZCM[0-9]\{4\}.*' <<<"$out" || tail -n1 <<<"$out")
		why="azcmagent: ${why::200}"
		# shellcheck disable=SC2016 # backticks for the reader
		case $why in
		*AZCM0067*)
			ours && break
			fail 47 "connected already as $(azcmagent show -j | jq -r .resourceId)" 'run `azcmagent disconnect --force-local-only`'
			;;
		*AZCM0070*) systemctl restart himdsd ;;
		*AZCM0012*) fail 46 "$why" 'render again: the token has expired' ;;
		*AZCM0041*) fail 46 "$why" 'mend the onboarding identity and render again' ;;
		*AZCM004[24]*) fail 46 "$why" 'look at this machine in Azure, then render again' ;;
		*AZCM001[689]* | *AZCM0023* | *AZCM0101*) fail 46 "$why" ;;
		esac
		[[ $pause != 0 ]] || fail 45 "$why" 'check network, proxy and clock'
		sleep $pause
	done
	rm -f $arc $run/azcmagent.json
}
