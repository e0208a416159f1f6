# shellcheck shell=bash disable=SC2034
# Before anything is fetched; but where the package is yet to be installed, it finds the file by itself.
trust() {
	local ca=/usr/local/share/ca-certificates/flexgen-proxy.crt
	! command -v update-ca-certificates >/dev/null || grep -qFxf <(grep -m1 -B1 -- -----END $ca | head -n1) /etc/ssl/certs/ca-certificates.crt || update-ca-certificates >/dev/null
}
# Then without the file.
undo 'update-ca-certificates >/dev/null'
trust || {
	step=host
	fail 10 "the proxy's CA can't be trusted" 'look at proxy.ca'
}
