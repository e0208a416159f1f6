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
step='' code=1 seconds='' times=''
# Why the attempt before this one failed.
was=''
[[ ! -e $var/status.json ]] || was=$(<$var/status.json) was=${was#*reason\":\"} was=${was%%\"*}

say() { echo "flexgen: $*"; }

# Centiseconds since the machine's start: its clock may be set meanwhile, by days.
up() {
	local up
	read -r up _ </proc/uptime
	echo ${up/./}
}

# CENTISECONDS: whole seconds since then
since() { echo $((($(up) - $1 + 50) / 100)); }
start=$(up) began=$start

# STATE [CODE REASON REMEDY]: replaces status.json as a whole; where the disk takes nothing, it is in memory.
report() {
	local q='"%s":"%s",' s
	printf -v s "{$q$q$q$q\"code\":%d,\"seconds\":{%s}}" state "$1" step "$step" reason "${3-}" remedy "${4-}" "${2-0}" "${seconds%,}"
	{ echo "$s" >$var/new && mv $var/new $var/status.json && rm -f $run/status.json; } 2>/dev/null || echo "$s" >$run/status.json
}

# NAME CODE: ends the step before and begins this one; CODE is for what nobody foresaw in it.
step() {
	local s
	if [[ $step ]]; then
		s=$(since $began)
		seconds+="\"$step\":$s," times+=" $step $s"
		say "$step done ($s s)"
	fi
	step=$1 code=$2 began=$(up)
	report running 0 "$was"
}

# What of the machine may be behind any failure: a disk, or the clock, by what the API server says.
ails() {
	local it
	for it in $var /usr/local /var/lib/containerd; do
		[[ -e $it ]] || continue
		[[ -w $it ]] || echo "; $it is read-only"
		(($(stat -fc '%f*%S' $it) > 2 ** 26)) || echo "; $it is full"
	done
	it=$(curl -skIm5 $SERVER | sed -n 's/^date: \(.*\).$/\1/Ip')
	[[ ! $it ]] || { it=$((EPOCHSECONDS - $(date -d "$it" +%s))) && ((${it#-} < 240)); } || echo "; the clock is off by $it s"
}

# CODE REASON [REMEDY]: the verdict. systemd tries again in 30 s.
fail() {
	trap - ERR
	set +e
	set -- "$1" "$2$(ails 2>/dev/null)" "${@:3}"
	# What JSON would have to escape becomes a space, so that the verdict is one line, too.
	set -- "${@//[[:cntrl:]\"\\]/ }"
	step=${step:-host}
	# shellcheck disable=SC2016 # backticks for the reader
	local remedy=${3:-'run `flexgen-node logs`'}
	report failed "$1" "$2" "$remedy"
	say "FAILED at $step ($1): $2 — $remedy"
	exit "$1"
}

# PATH...: to be made, and so to be removed by `flexgen-node reset`; where a folder is missing, all from it on. A
# stranger's file is kept for it.
made() {
	local path top
	for path; do
		[[ ! -d $path ]] || continue
		! grep -qsxF $path $var/made || continue
		top=$path
		if [[ -e $path || -L $path ]]; then
			tar rPf $var/kept $path
		else
			until [[ -d ${top%/*}/ ]]; do top=${top%/*}; done
		fi
		printf '%s\n' $path $top >>$var/made
	done
	# What a power cut leaves must not be taken for a stranger's.
	sync $var/made 2>/dev/null || :
}

# COMMANDS: for `flexgen-node reset`, too.
undo() { grep -qsxF "$1" $var/undo || echo "$1" >>$var/undo; }

trap 'fail $code "exit $? in ${BASH_SOURCE##*/} line $LINENO: $BASH_COMMAND"' ERR
install -dm700 $run $var/cache
# systemd calls once more when the join has ended: a signal leaves it no words of its own.
if [[ ${EXIT_CODE-} ]]; then
	step=$(sed 's/.*"step":"\([^"]*\).*/\1/' $var/status.json)
	[[ $SERVICE_RESULT != oom-kill ]] || fail 9 'out of memory'
	[[ $EXIT_CODE == exited ]] || fail 9 "killed by SIG$EXIT_STATUS"
	exit
fi
