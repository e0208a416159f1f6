# shellcheck shell=bash disable=SC2034,SC2154
# A registry knows files by their digests alone; what follows the question mark is for people, and says what is an archive.
where() { echo "${FROM}sha256:$2?${1##*/}"; }
