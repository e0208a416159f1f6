#!/bin/bash
# shellcheck disable=SC2034 # the other architecture’s values stand here as they do there
set -o errexit
set -o nounset
set -o pipefail

NODEUP_URL_AMD64=https://artifacts.example.com/binaries/nodeup-linux-amd64,https://mirror.example.com/nodeup-linux-amd64
NODEUP_HASH_AMD64=1111111111111111111111111111111111111111111111111111111111111111
NODEUP_URL_ARM64=https://artifacts.example.com/binaries/nodeup-linux-arm64
NODEUP_HASH_ARM64=2222222222222222222222222222222222222222222222222222222222222222

export AWS_REGION=eu-west-1
export S3_SECRET_ACCESS_KEY=FlexgenTestOnlySecretAccessKey0000000000

download-or-bust() {
	local file=$1 hash=$2 urls=$3
	until curl -f --compressed -Lo "$file" --connect-timeout 20 --retry 6 "${urls%%,*}"; do sleep 10; done
	echo "$hash  $file" | sha256sum -c -
}

mkdir -p /opt/kops/conf
cat >/opt/kops/conf/kube_env.yaml <<'__EOF_KUBE_ENV'
ClusterName: k8s.example.com
ConfigServer:
  servers: [https://kops-controller.internal.k8s.example.com:3988/]
InstanceGroupName: nodes
__EOF_KUBE_ENV

download-or-bust /opt/kops/bin/nodeup "$NODEUP_HASH_AMD64" "$NODEUP_URL_AMD64"
chmod +x /opt/kops/bin/nodeup
/opt/kops/bin/nodeup --install-systemd-unit --conf=/opt/kops/conf/kube_env.yaml --v=8
systemctl daemon-reload
systemctl start kops-configuration.service
