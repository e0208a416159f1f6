# shellcheck shell=bash disable=SC2034,SC2154
connect() {
	local key
	key=$(/usr/local/lib/flexgen/rsa <$kubelet/token.primes)
	(umask 77 && printf -- '-----BEGIN RSA PRIVATE KEY-----\n%s\n-----END RSA PRIVATE KEY-----\n' "$(fold -w64 <<<"$key")" >$kubelet/token.key)
}
