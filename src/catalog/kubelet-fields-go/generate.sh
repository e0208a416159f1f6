#!/usr/bin/env bash
# Writes ../data/kubelet-fields.json from the Go type of each Kubernetes minor in versions/.
# With --check it writes nothing and fails where the checked-in table differs. Needs go and the Go module proxy.
# A new minor: add k8s.io/kubelet and k8s.io/apimachinery v0.NN.x as versions/1.NN.mod, then
#   go mod tidy -modfile=versions/1.NN.mod
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")"
target=../data/kubelet-fields.json

table() {
	local separator='' modfile minor fields
	printf '{\n'
	for modfile in versions/1.*.mod; do
		minor=${modfile#versions/1.}
		echo "kubelet-fields: Kubernetes 1.${minor%.mod}" >&2
		fields=$(go run -modfile="$modfile" .)
		printf '%s"%s":%s' "$separator" "${minor%.mod}" "$fields"
		separator=$',\n'
	done
	printf '\n}\n'
}

fresh=$(table)
case ${1:-} in
--check)
	if ! diff <(printf '%s\n' "$fresh") "$target" >&2; then
		echo "kubelet-fields: $target is not what the Go types say: run src/catalog/kubelet-fields-go/generate.sh" >&2
		exit 1
	fi
	;;
'') printf '%s\n' "$fresh" >"$target" ;;
*)
	echo "usage: $0 [--check]" >&2
	exit 2
	;;
esac
