#!/bin/bash
# What `extend carp` answers, in FreeBSD's ifconfig style. Usage: carp-status.sh EDGE_FOLDER
. "$1/edge.env"
read -r role <"$1/role"
echo "carp: ${role^^} vhid $VHID advbase $ADVBASE advskew $ADVSKEW"
