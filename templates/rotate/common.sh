# shellcheck shell=bash disable=SC2034
set -euo pipefail
umask 077
export LC_ALL=C
kubelet=/var/lib/kubelet work=/run/flexgen/rotate
new=$work/new old=$work/old
paths=() replaced=''

say() { echo "flexgen: $*"; }

# REASON REMEDY: nothing is left half done, see `ends`.
die() {
	say "FAILED: $1 — $2" >&2
	exit 1
}

# MODE PATH: a file of this snippet, as it is to be.
put() {
	mkdir -p "$new${2%/*}"
	cat >"$new$2"
	chmod "$1" "$new$2"
	paths+=("$2")
}

# PATH...: what is there goes aside, what is new takes its place, each whole.
replace() {
	local path
	for path; do
		mkdir -p "$old${path%/*}"
		# Twice replaced, it is still what it was at first.
		[[ -e $old$path || ! -e $path ]] || cp -a "$path" "$old$path"
		cp -a "$new$path" "$path.flexgen"
	done
	replaced=1
	for path; do mv -f "$path.flexgen" "$path"; done
	sync
}

# PATH...: as it was.
restore() {
	local path
	for path; do
		rm -f "$path.flexgen"
		if [[ -e $old$path ]]; then cp -a "$old$path" "$path.flexgen" && mv -f "$path.flexgen" "$path"; else rm -f "$path"; fi
	done
}

ends() {
	local code=$?
	trap - EXIT
	if ((code)) && [[ $replaced ]]; then
		undo || :
		say 'all is as it was' >&2
	fi
	rm -rf "$work"
	exit $code
}

# The node's own settings.
begins() {
	((EUID == 0)) || die 'this needs root' 'run it with sudo'
	[[ -s $kubelet/kubelet.env ]] || die 'flexgen has made no node of this machine' 'run it on the node'
	rm -rf $work
	mkdir -p $new $old
	trap ends EXIT
	trap 'exit 1' INT TERM HUP
	set -a
	# shellcheck source=/dev/null
	for f in /etc/flexgen/*.env; do . "$f"; done
	set +a
	node=${NODE_NAME:-$(hostname)}
	node=${node,,}
}
