#!/bin/bash
# The edge's load balancer: runs ucarp and, however ucarp ends (kill -9 too), says at once that no LB is there.
# Usage: load-balancer.sh EDGE_FOLDER
set -u
here=$(dirname "$0")
folder=$1
. "$here/set-role.sh"
. "$folder/edge.env"
set_role "$folder" init

options=(--interface=lb "--srcip=$LB_IP" "--vhid=$VHID" "--passfile=$CARP_SECRET_FILE" "--addr=$CLUSTER_IP")
options+=("--advbase=$ADVBASE" "--advskew=$ADVSKEW" --shutdown "--xparam=$folder")
options+=("--upscript=$here/carp-up.sh" "--downscript=$here/carp-down.sh")
[ "$PREEMPT" = yes ] && options+=(--preempt)

# ucarp stamps its own words, to the microsecond.
ucarp "${options[@]}" >>"$folder/ucarp.log" 2>&1 &
wait $!
set_role "$folder" init
