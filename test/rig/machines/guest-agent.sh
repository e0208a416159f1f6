#!/bin/bash
# The rig's own shell inside a QEMU machine: runs what arrives on the virtio port, one command at a time.
# Request: "<id> <base64 of a script>". Answer: "<id> <exit code> <base64 of stdout> <base64 of stderr>", where "-"
# ends each base64 so that an empty one is still a word.
set -u
port=/dev/virtio-ports/rig.exec
work=/run/rig-agent
mkdir -p "$work"
chmod 0700 "$work"
export HOME=/root LANG=C.UTF-8
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

exec 3<>"$port"
while true; do
	# Without a host at the other end the port reads as ended.
	read -r id script <&3 || {
		sleep 0.2
		continue
	}
	base64 -d <<<"$script" >"$work/script"
	bash "$work/script" >"$work/stdout" 2>"$work/stderr" </dev/null 3>&-
	code=$?
	printf '%s %s %s- %s-\n' "$id" "$code" "$(base64 -w 0 "$work/stdout")" "$(base64 -w 0 "$work/stderr")" >&3
done
