# Sourced, not run. set_role EDGE_FOLDER ROLE: the one place where an edge's role changes.
#
# The role file is what the edge tells by SNMP and HTTP. The truth line is stamped just before `master` can be seen and
# just after it cannot be seen any more, so that what a monitor reads never lies outside the truth.
stamp_ms() {
  local microseconds=${EPOCHREALTIME/[.,]/}
  echo "${microseconds:0:-3}"
}

set_role() {
  local folder=$1 role=$2 was='' at
  # shellcheck source=/dev/null
  . "$folder/edge.env"
  [ -r "$folder/role" ] && read -r was <"$folder/role"
  if [ "$role" = master ]; then
    at=$(stamp_ms)
    ip address replace "$CLUSTER_IP/32" dev lb
  else
    ip address del "$CLUSTER_IP/32" dev lb 2>/dev/null
  fi
  echo "$role" >"$folder/role.new"
  mv "$folder/role.new" "$folder/role"
  [ "$role" = master ] || at=$(stamp_ms)
  [ "$role" = "$was" ] ||
    printf '{"timeMs":%s,"cluster":"%s","edge":"%s","role":"%s"}\n' "$at" "$CLUSTER" "$EDGE" "$role" >>"$TRUTH"
  if [ "$role" = master ]; then nft delete table netdev passive 2>/dev/null; else refuse_users; fi
}

# A load balancer that is not active takes nothing for the cluster IP, wherever users still believe it to be.
refuse_users() {
  nft -f - <<EOF
add table netdev passive
delete table netdev passive
table netdev passive {
  chain refuse {
    type filter hook ingress device "lb" priority -10; policy accept;
    ip daddr $CLUSTER_IP drop
  }
}
EOF
}
