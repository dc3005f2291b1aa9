#!/bin/bash
# Starts one service of an edge, inside its namespaces, and returns. Usage: start-service.sh EDGE_FOLDER SERVICE PYTHON
set -u
here=$(dirname "$0")
folder=$1
# Debian ships no IETF MIBs; looking for them only fills the log.
export MIBS=''
detached() { setsid "$@" </dev/null >>"$folder/services.log" 2>&1 & }
case $2 in
  load-balancer) detached "$here/load-balancer.sh" "$folder" ;;
  # By folders, not with -C -c: so it reads back the boots counter that it keeps in the persistent one.
  snmpd)
    export SNMPCONFPATH=$folder:$folder/persistent SNMP_PERSISTENT_DIR=$folder/persistent
    detached snmpd -f -Lf "$folder/snmpd.log"
    ;;
  responder) detached "$3" "$here/responder.py" "$folder" ;;
  balancer) detached "$3" "$here/balancer.py" "$folder/balancer.json" ;;
  *)
    echo "unknown service $2" >&2
    exit 2
    ;;
esac
