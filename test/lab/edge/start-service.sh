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
  # By its folder, not with -C -c: then it also reads back the boots counter it keeps in its persistent folder.
  snmpd) SNMPCONFPATH=$folder detached snmpd -f -Lf "$folder/snmpd.log" "--persistentDir=$folder/persistent" ;;
  responder) detached "$3" "$here/responder.py" "$folder" ;;
  balancer) detached "$3" "$here/balancer.py" "$folder/balancer.json" ;;
  *)
    echo "unknown service $2" >&2
    exit 2
    ;;
esac
