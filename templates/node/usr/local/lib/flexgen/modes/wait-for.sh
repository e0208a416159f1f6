# shellcheck shell=bash
# Before anything is downloaded: the mirror may be behind it, as the cluster may.
is_up() { [[ $(ip -o addr show dev $WAIT_FOR up scope global 2>&1) == *inet* ]]; }
step network 5
within $WAIT_SECONDS is_up || fail 6 "$WAIT_FOR is not up with an address after $WAIT_SECONDS s" "look at \`ip addr show $WAIT_FOR\`"
