# shellcheck shell=bash
# The first step of a machine from this image, in place of install's own. It stands in images alone, and in no payload.

# Sees to it that the payload is for this image, or may mend it.
golden() {
	local it=''
	# shellcheck disable=SC2154 # of install
	[[ ! $image =~ \"id\":\ *\"([^\"]*) ]] || it=${BASH_REMATCH[1]}
	if [[ $it == "$IMAGE" ]]; then
		# The bake has done the rest, for good but for swap that cloud-init has made since. Whoever needs containerd waits for it.
		# shellcheck disable=SC2034 # of install and join
		baked=1
		systemctl start --no-block containerd
		# Its first start reads 80 MB from a cold disk: now, while containerd starts, and not when the node waits for it.
		kubelet --version &>/dev/null &
		[[ $(</proc/swaps) != *$'\n'* ]] || swap_off
	elif [[ ! ${REPAIR-} ]]; then
		[[ $it ]] || fail 14 'this is no golden image' 'bake one, or render without --image golden'
		fail 15 "this image is $it, the payload is for $IMAGE" 'bake a new one, or set image.repair'
	fi
}
