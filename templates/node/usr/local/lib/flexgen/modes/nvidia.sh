# shellcheck shell=bash disable=SC2034,SC2154
# On the PCI bus, or as a driver's device.
nvidia_card() {
	local it
	for it in /dev/nvidia[0-9]* /sys/bus/pci/devices/*/vendor; do
		[[ -e $it ]] || continue
		[[ $it == */vendor ]] || return 0
		# Of a display controller: the vendor has made others.
		[[ $(<$it) != 0x10de || $(<${it%vendor}class) != 0x03* ]] || return 0
	done
	return 1
}

# Before containerd starts, which knows no other way to hear of it.
nvidia_handler() {
	local file=/etc/containerd/conf.d/nvidia.toml text=''
	nvidia=''
	if nvidia_card; then
		nvidia=$(command -v nvidia-container-runtime) || say 'WARNING: an NVIDIA card, but no nvidia-container-runtime: it belongs into the image, with the driver'
	fi
	if [[ $nvidia ]]; then
		NODE_LABELS+=${NODE_LABELS:+,}nvidia.com/gpu.present=true
		text="version = 3
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.nvidia]
runtime_type = 'io.containerd.runc.v2'
options = {BinaryName = '$nvidia', SystemdCgroup = true}"
	fi
	[[ $text != "$(cat $file 2>/dev/null)" ]] || return 0
	mkdir -p ${file%/*}
	if [[ $text ]]; then echo "$text" >$file; else rm $file; fi
	systemctl try-restart containerd
}
nvidia_handler

card() {
	[[ ! $nvidia || $(containerd config dump 2>/dev/null) == *"BinaryName = '$nvidia'"* ]] || fail 33 'containerd has no handler for the NVIDIA card' 'look at /etc/containerd/conf.d'
}
