# shellcheck shell=bash disable=SC2034,SC2154
# Container images that the mirror has as archives: into what kubelet looks at, before a pod needs them.
images() {
	local file
	[[ ! $baked ]] || return 0
	# shellcheck disable=SC2046 # a list of names
	finish $(awk -vto=$var/images '$6==to{print$2}' $etc/artifacts.tsv)
	for file in "$var"/images/*; do
		[[ ! -e $file ]] || ctr -n k8s.io images import $file &>$run/import || fail 32 "${file##*/}: $(tail -n1 $run/import)"
	done
	rm -rf $var/images
}
