#!/bin/bash
# ucarp calls this when it has become master: INTERFACE CLUSTER_IP EDGE_FOLDER
. "$(dirname "$0")/set-role.sh"
set_role "$3" master
