"""Spreads the cluster IP's requests over the edges that answer, with direct server return.

Once a second every edge's responder is tried from the LB's address; the healthy ones are put into an nftables
ingress rule of the LB's interface, which hashes a connection to one of them and sends its frames on with new
Ethernet addresses and nothing else changed. Usage: balancer.py CONFIG_FILE
"""

import concurrent.futures
import json
import pathlib
import socket
import subprocess
import sys
import time

CONFIG = json.loads(pathlib.Path(sys.argv[1]).read_text())
PORT = 3128


def answers(edge):
    try:
        with socket.create_connection((edge["proxyIp"], PORT), 0.5, (CONFIG["lbIp"], 0)):
            return True
    except OSError:
        return False


def rules(healthy):
    spread = ""
    if healthy:
        macs = ", ".join(f"{place} : {edge['proxyMac']}" for place, edge in enumerate(healthy))
        spread = (
            f"ip daddr {CONFIG['clusterIp']} tcp dport {PORT} ether saddr set {CONFIG['lbMac']} "
            f"ether daddr set jhash ip saddr . tcp sport mod {len(healthy)} map {{ {macs} }} "
            'fwd to "lb"\n'
        )
    return (
        "add table netdev balancer\ndelete table netdev balancer\n"
        "table netdev balancer {\n chain spread {\n"
        '  type filter hook ingress device "lb" priority 0; policy accept;\n'
        f"  {spread} }}\n}}\n"
    )


def main():
    known = None
    with concurrent.futures.ThreadPoolExecutor(len(CONFIG["edges"])) as pool:
        while True:
            answered = list(pool.map(answers, CONFIG["edges"]))
            healthy = [edge for edge, well in zip(CONFIG["edges"], answered) if well]
            if healthy != known:
                subprocess.run(["nft", "-f", "-"], input=rules(healthy), text=True, check=True)
                known = healthy
            time.sleep(1)


main()
