# shellcheck shell=bash disable=SC2034,SC2154
later() {
	undo 'systemctl disable --now node-problem-detector'
	systemctl enable -q --now node-problem-detector
}
