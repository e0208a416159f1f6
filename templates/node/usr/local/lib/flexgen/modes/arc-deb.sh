# shellcheck shell=bash disable=SC2034,SC2154
agent() {
	! installed || return 0
	finish azcmagent
	# apt takes a file for a package by its name's end alone, and waits for its lock, which dpkg does not.
	ln -sf azcmagent $var/cache/deb/azcmagent.deb
	apt-get -qy --no-install-recommends -o DPkg::Lock::Timeout=600 install $var/cache/deb/azcmagent.deb &>$run/agent || fail 18 "azcmagent: $(grep -m1 ^E: $run/agent)"
}
