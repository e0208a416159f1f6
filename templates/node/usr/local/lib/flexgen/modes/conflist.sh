# shellcheck shell=bash disable=SC2154
# RANGE...: the pods' network, with addresses from these ranges.
conflist() {
	local range i=0 marks=''
	for range; do marks+="s|@$((i++))|$range|;"; done
	sed "$marks" $etc/pods.conflist >$run/cni
	install -Dm644 $run/cni /etc/cni/net.d/99-flexgen.conflist
}
