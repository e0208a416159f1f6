#!/bin/sh
# Runs on a terminal of the machine's own (script(1)): joins the machine's control groups, then makes its namespaces
# and starts namespace-init.sh as the first process there.
set -eu

for group in $RIG_GROUPS; do
	echo $$ >"$group/cgroup.procs"
done
# By the shell itself: the rig takes the first child that it sees after this for the machine's first process.
echo $$ >"$RIG_DIR/boot/pid"
# Both death signals: no machine outlives the rig, however the rig ended.
exec setpriv --pdeathsig KILL -- \
	unshare --pid --fork --kill-child=KILL --mount --uts --ipc --net --cgroup -- /bin/sh "$RIG_INIT"
