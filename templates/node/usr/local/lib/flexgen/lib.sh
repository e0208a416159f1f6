# shellcheck shell=bash
# settings, steps, verdicts
set -Eeuo pipefail
export LC_ALL=C
# shellcheck disable=SC2034 # for those who source this
etc=/etc/flexgen var=/var/lib/flexgen run=/run/flexgen kubelet=/var/lib/kubelet
set -a
# shellcheck source=/dev/null
for f in "$etc"/*.env; do . $f; done
set +a
node=${NODE_NAME:-$(hostname)}
node=${node,,}
start=${EPOCHREALTIME/./} began=$start step='' code=1 seconds='' times=''
install -dm700 $var/cache $run

say() { echo "flexgen: $*"; }

# MICROSECONDS: whole seconds since then
since() { echo $(((${EPOCHREALTIME/./} - $1 + 500000) / 1000000)); }

# STATE [CODE REASON REMEDY]: replaces status.json as a whole.
report() {
	local q='"%s":"%s",'
	printf "{$q$q$q$q\"code\":%d,\"seconds\":{%s}}\n" state "$1" step "$step" reason "${3-}" remedy "${4-}" "${2-0}" "${seconds%,}" >$var/new
	mv $var/new $var/status.json
}

# NAME CODE: ends the step before and begins this one; CODE is for what nobody foresaw in it.
step() {
	local s
	if [[ $step ]]; then
		s=$(since $began)
		seconds+="\"$step\":$s," times+=" $step $s"
		say "$step done ($s s)"
	fi
	step=$1 code=$2 began=${EPOCHREALTIME/./}
	report running
}

# CODE REASON [REMEDY]: the verdict. systemd tries again in 30 s.
fail() {
	# What JSON would have to escape becomes a space, so that the verdict is one line, too.
	set -- "${@//[[:cntrl:]\"\\]/ }"
	# shellcheck disable=SC2016 # backticks for the reader
	local remedy=${3:-'run `flexgen-node logs`'}
	trap - ERR
	report failed "$1" "$2" "$remedy"
	say "FAILED at $step ($1): $2 — $remedy"
	exit "$1"
}

trap 'fail $code "exit $? in ${BASH_SOURCE##*/} line $LINENO: $BASH_COMMAND"' ERR
