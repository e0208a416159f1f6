#!/bin/sh
# The first process of a machine in namespaces: builds its root, then becomes systemd. Nothing here outlives the mount
# namespace, so there is nothing to undo.
set -eu

root=$RIG_DIR/root
boot=$RIG_DIR/boot
mount --make-rprivate /
mount -t overlay -o "lowerdir=$RIG_LOWER,upperdir=$RIG_DIR/upper,workdir=$RIG_DIR/work" overlay "$root"

# An overlay cannot be the upper layer of another one, and containerd's snapshots are overlays.
mkdir -p "$root/var/lib/containerd"
mount --bind "$RIG_DIR/containerd" "$root/var/lib/containerd"

mount -t tmpfs -o mode=755,nosuid,nodev tmpfs "$root/run"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/tmp"

mount -t tmpfs -o mode=755,nosuid tmpfs "$root/dev"
for device in null zero full random urandom tty; do
	: >"$root/dev/$device"
	mount --bind "/dev/$device" "$root/dev/$device"
done
# The host's kernel log is not the machine's; kubelet only wants to read to its end.
: >"$root/dev/kmsg"
mount --bind /dev/null "$root/dev/kmsg"
: >"$root/dev/console"
mount --bind "$(tty)" "$root/dev/console"
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"

mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount --bind "$root/proc/sys/net" "$root/proc/sys/net"
# A file over each key that belongs to the whole host: the machine reads back what it wrote, the host sees nothing.
for key in "$boot"/sysctl/*; do
	mount --bind "$key" "$root/proc/sys/$(basename "$key" | tr . /)"
done
mount -o remount,bind,ro "$root/proc/sys"
mount --bind "$boot/swaps" "$root/proc/swaps"
if [ -e "$root/proc/sysrq-trigger" ]; then
	mount --bind /dev/null "$root/proc/sysrq-trigger"
fi

mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys"
if [ "$RIG_CGROUPS" = unified ]; then
	mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 "$root/sys/fs/cgroup"
else
	mount -t tmpfs -o mode=755,nosuid,nodev,noexec tmpfs "$root/sys/fs/cgroup"
	for hierarchy in $RIG_CGROUPS; do
		folder=$root/sys/fs/cgroup/${hierarchy#name=}
		mkdir "$folder"
		case $hierarchy in
		unified) mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 "$folder" ;;
		name=*) mount -t cgroup -o "nosuid,nodev,noexec,none,$hierarchy" cgroup "$folder" ;;
		*) mount -t cgroup -o "nosuid,nodev,noexec,$hierarchy" cgroup "$folder" ;;
		esac
	done
fi

# The rig gives the network meanwhile.
until [ -e "$boot/go" ]; do
	sleep 0.02
done

cd "$root"
pivot_root . .
umount -l .
exec chroot . env -i container=flexgen-rig TERM=vt220 "SYSTEMD_PROC_CMDLINE=$RIG_CMDLINE" \
	setpriv "--bounding-set=$RIG_BOUNDING_SET" -- /sbin/init
