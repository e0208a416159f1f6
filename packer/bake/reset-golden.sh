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
	find "$@" -mindepth 1 -type d -empty -delete
}

# What pods have brought: their containers, and images that the image is without.
spare_images() {
	local names
	systemctl start containerd
	mapfile -t names < <(ctr -n k8s.io containers ls -q)
	((!${#names[@]})) || ctr -n k8s.io containers rm "${names[@]}"
	mapfile -t names < <(ctr -n k8s.io images ls -q | grep -vFf <(jq -r '.images[]|.name,.digest' /etc/flexgen/image.json))
	((!${#names[@]})) || ctr -n k8s.io images rm --sync "${names[@]}"
	systemctl stop containerd
}
