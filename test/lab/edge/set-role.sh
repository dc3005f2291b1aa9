# Sourced, not run. set_role EDGE_FOLDER ROLE: the one place where an edge's role changes.
#
# The role file is what the edge tells by SNMP and HTTP. The truth line is stamped just before the new role can be seen there:
# nobody can read it earlier, and the old one only for the few milliseconds that `mv` takes.
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
  [ "$role" = master ] || at=$(stamp_ms)
  mv "$folder/role.new" "$folder/role"
  [ "$role" = "$was" ] ||
    printf '{"timeMs":%s,"cluster":"%s","edge":"%s","role":"%s"}\n' "$at" "$CLUSTER" "$EDGE" "$role" >>"$TRUTH"
  [ "$role" = "$was" ] || tell_poller "$folder" "$role"
  if [ "$role" = master ]; then nft delete table netdev passive 2>/dev/null; else refuse_users; fi
}

# An inform for the poller, where one listens: the role as carpIfState (OPENBSD-CARP-MIB), with DisMan's mteTriggerFired. It is
# sent beside, so that the election does not wait for it. The user and its passwords are in trap/snmp.conf.
tell_poller() {
  local folder=$1 state
  [ -r "$folder/trap/snmp.conf" ] || return 0
  case $2 in init) state=0 ;; backup) state=1 ;; *) state=2 ;; esac
  MIBS='' SNMPCONFPATH=$folder/trap SNMP_PERSISTENT_DIR=$folder/trap setsid snmptrap -Ci -t 1 -r 3 "$POLLER" '' \
    .1.3.6.1.2.1.88.2.0.1 .1.3.6.1.2.1.88.2.1.1.0 s "carp $2" .1.3.6.1.4.1.30155.6.2.2.1.7.1 i "$state" \
    </dev/null >>"$folder/services.log" 2>&1 &
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
