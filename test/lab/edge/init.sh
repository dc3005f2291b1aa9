#!/bin/bash
# Process 1 of an edge's process namespace: prepares the kernel's side of the edge, then only reaps.
# Killing it from outside takes every process of the edge with it, as pulling the plug does.
# Usage: init.sh NAME EDGE_FOLDER
set -u
hostname "$1"
printf '%s' "${EPOCHREALTIME/[.,]/}" >"$2/booted-at-us"

set_kernel() { printf '%s' "$2" >"/proc/sys/net/$1"; }
set_kernel ipv6/conf/all/disable_ipv6 1
# Three interfaces in one subnet: each answers ARP for its own address only, and the cluster IP on lo for none.
set_kernel ipv4/conf/all/arp_ignore 1
set_kernel ipv4/conf/all/arp_announce 2
for interface in all default mgmt proxy lb; do set_kernel "ipv4/conf/$interface/rp_filter" 0; done
touch "$2/booted"

trap '' TERM INT HUP
while :; do
  sleep infinity &
  wait $!
done
