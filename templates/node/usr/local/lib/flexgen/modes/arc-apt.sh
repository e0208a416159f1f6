# shellcheck shell=bash disable=SC2034,SC2154
agent() {
	local why=$run/agent keys apt='apt-get -qy -o DPkg::Lock::Timeout=600 -o Acquire::Retries=4'
	! installed || return 0
	# What apt reads is what was looked at: packets, without whatever else the file may say.
	curl -fsSL -m60 --retry 4 --retry-all-errors ${MIRROR_CA:+--cacert $MIRROR_CA} $AGENT_KEY_URL 2>$why | gpg --batch --homedir $run --dearmor >$etc/agent.gpg 2>>$why || fail 17 "no OpenPGP key at $AGENT_KEY_URL: $(tail -n1 $why)" 'mend the mirror'
	keys=$(gpg --batch --homedir $run --show-keys --with-colons $etc/agent.gpg 2>>$why | awk -F: '/^pub/{p=1}p&&/^fpr/{print$10;p=0}')
	[[ $keys == "$AGENT_KEY" ]] || fail 17 "$AGENT_KEY_URL holds ${keys//$'\n'/ and }, not $AGENT_KEY" 'mend auth.agent'
	echo "deb [signed-by=$etc/agent.gpg] $AGENT_REPO" >$etc/agent.list
	# Nothing else on the machine trusts that key, and apt forgets none of the lists that it has.
	apt+=" -o APT::Get::List-Cleanup=0 -o Dir::Etc::sourcelist=$etc/agent.list -o Dir::Etc::sourceparts=- ${MIRROR_CA:+-o Acquire::https::CAInfo=$MIRROR_CA}"
	{ $apt update && $apt --no-install-recommends install azcmagent${AGENT_VERSION:+=$AGENT_VERSION}; } &>$why || fail 18 "azcmagent: $(grep -m1 ^E: $why)" 'look at its repository'
}
