#!/bin/bash
# What a machine is, a line for each thing, with the kind of thing before it. What changes by itself is left out.
export LC_ALL=C
section() { sed "s|^|$1 |"; }

# Times tell files of /usr apart, which are many; elsewhere their content does.
find / -xdev \( -path /usr -o -path /boot \) -print0 -prune | sort -z | xargs -0 -I{} find {} -xdev -path /usr/local -prune -o \
	\( -type d -printf '%p/ %m %u:%g\n' -o -type l -printf '%p -> %l\n' -o -printf '%p %m %u:%g %s %TY-%Tm-%Td %TT\n' \) | section file
skip='^/(proc|sys|dev|run|tmp|usr|boot|var/(log|cache|tmp|lib/(cloud|apt|systemd|private)))(/|$)'
find / /usr/local /var/lib/containerd -xdev \( -path /usr -o -path /boot \) -prune -o \( -type d -printf '%p/ %m %u:%g\n' -o -type l -printf '%p -> %l\n' \) | grep -vE "$skip" | sort -u | section file
find /usr/local -mindepth 1 \( -type d -printf '%p/ %m %u:%g\n' -o -type l -printf '%p -> %l\n' -o -printf '%p %m %u:%g %s\n' \) | section file
find / /var/lib/containerd -xdev \( -path /usr -o -path /boot \) -prune -o -type f -print | grep -vE "$skip" | sort -u | xargs -rd '\n' stat -c '%n %a %U:%G' | while read -r name rest; do
	echo "$name $rest $(md5sum <"$name" | cut -c1-12)"
done | section file
find /var/log -xdev \( -name pods -o -name containers \) | section file
find /run -mindepth 1 -maxdepth 2 | grep -vE '^/run/(systemd|udev|user|cloud-init|log|credentials|lock|rig-agent)' | section run
awk '{print $2, $3}' /proc/mounts | grep -vE '^/run/(user|credentials)' | section mount
ip -o link | awk -F': ' '{print $2}' | sed 's/@.*//' | section link
ip -4 route | sed 's/ *$//' | section route
for it in iptables ip6tables; do
	# Tables without a rule are what there is without a table.
	$it-save | grep -E '^-A|^:[^ ]* -' | section $it
done
[[ ! $(command -v nft) ]] || nft list tables | section nft
systemctl list-unit-files --plain --no-legend | awk '{print $1, $2}' | section unit-file
systemctl list-units --all --plain --no-legend | awk '{print $1, $2, $3}' |
	grep -vE '^[^ ]*\.(device|timer)|^(session|user|run-user|run-credentials|systemd-|apt-|dpkg-|e2scrub|fstrim|man-db|modprobe@|emergency|rescue|cloud-)|^run-rpc' | section unit
sysctl -e fs.inotify.max_user_instances fs.inotify.max_user_watches kernel.panic kernel.panic_on_oops \
	net.bridge.bridge-nf-call-ip6tables net.bridge.bridge-nf-call-iptables net.ipv4.ip_forward \
	net.ipv4.conf.all.forwarding net.ipv4.conf.all.route_localnet net.ipv6.conf.all.forwarding vm.overcommit_memory \
	vm.panic_on_oom kernel.keys.root_maxkeys kernel.keys.root_maxbytes | section sysctl
cut -d' ' -f1 /proc/modules | section module
awk 'NR>1{print $1}' /proc/swaps | section swap
find /sys/fs/cgroup -type d \( -name '*kube*' -o -name '*containerd*' -o -name '*flexgen*' \) | section cgroup
ps -eo comm= --ppid 2 -p 2 --deselect | grep -vE '^(bash|ps|sed|sort|agetty|sleep|\(sd-pam\)|sshd.*)$' | section process
ss -Hltn | awk '{print $4}' | section listener
dpkg-query -Wf '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | section package
