# shellcheck shell=bash disable=SC2034,SC2154
pods() { conflist $POD_CIDR; }
