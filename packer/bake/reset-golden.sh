# shellcheck shell=bash
# For `flexgen-node reset` on a machine from this image, which becomes what the bake has made. It stands in images alone, and
# in no payload.
# shellcheck disable=SC2034 # of flexgen-node
FILES=''

# PATH...: what of it is not the image's.
remove() {
	find "$@" ! -type d | grep -vxFf <(
		jq -r '.files[].path' /etc/flexgen/image.json
		printf '%s\n' /etc/flexgen/{image.json,agent.gpg,agent.list} /usr/local/lib/flexgen/{modes,reset}-golden.sh
	) | xargs -rd '\n' rm -f
	find "$@" -type d -empty -delete
}

# What kubelet and pods have brought: containers with what containerd keeps of each, images that the image is without.
spare_images() {
	local names
	systemctl start containerd
	mapfile -t names < <(ctr -n k8s.io containers ls -q)
	((!${#names[@]})) || ctr -n k8s.io containers rm "${names[@]}"
	mapfile -t names < <(ctr -n k8s.io images ls -q | grep -vFf <(jq -r '.images[]|.name,.digest' /etc/flexgen/image.json))
	((!${#names[@]})) || ctr -n k8s.io images rm --sync "${names[@]}" >/dev/null
	systemctl stop containerd
	rm -rf /var/lib/containerd/io.containerd.{grpc.v1.cri,runtime.v2.task/k8s.io}
	find /usr/libexec/kubernetes -type d -empty -delete
	# Of another cluster, it would be wrong from its first pod on.
	rm -f /etc/cni/net.d/99-flexgen.conflist
}
