/** A VRRP instance that every node of a lab has. `priorities` by node. */
export interface VrrpInstance {
  name: string;
  vhid: number;
  virtualIp: string;
  priorities: readonly number[];
}

/** The SNMPv3 user of a lab's agents. */
export const labUser = { name: 'noc', auth: 'vrrp-lab-auth-1', priv: 'vrrp-lab-priv-1' };

/** net-snmp on the management address, with keepalived as AgentX sub-agent (snmpd.conf(5)). */
export function snmpdConfig(node: string, address: string): string {
  return [
    `agentaddress udp:${address}:161`,
    'master agentx',
    // The usual Unix socket would be shared by all nodes: network namespaces do not separate files.
    'agentxsocket tcp:127.0.0.1:705',
    `createUser ${labUser.name} SHA ${labUser.auth} AES ${labUser.priv}`,
    `rouser ${labUser.name} priv`,
    `sysName ${node}`,
    // Flags of a busy machine are not what is tested.
    'load 1000 1000 1000',
    '',
  ].join('\n');
}

/** keepalived.conf(5). Every change of state is written to the truth by `notify`, which gets INSTANCE, name, state and priority. */
export function keepalivedConfig(
  node: string,
  number: number,
  instances: readonly VrrpInstance[],
  notify: string,
): string {
  const blocks = instances.map(({ name, vhid, virtualIp, priorities }) =>
    [
      `vrrp_instance ${name} {`,
      '  state BACKUP',
      '  interface lb',
      `  virtual_router_id ${vhid}`,
      `  priority ${priorities[number - 1] ?? 50}`,
      '  advert_int 1',
      '  virtual_ipaddress {',
      `    ${virtualIp}/24`,
      '  }',
      `  notify "${notify} ${node}"`,
      '}',
    ].join('\n'),
  );
  const global = [
    'global_defs {',
    `  router_id ${node}`,
    '  script_user root',
    '  enable_script_security',
    '  enable_snmp_vrrp',
    '  snmp_socket tcp:127.0.0.1:705',
    '}',
  ];
  return `${[...global, ...blocks].join('\n')}\n`;
}

/** Writes a line of the truth: when, which node, which instance, which state. */
export function notifyScript(truthFile: string): string {
  return `#!/bin/bash
now=\${EPOCHREALTIME/[.,]/}
echo "{\\"timeMs\\":\${now:0:-3},\\"node\\":\\"$1\\",\\"instance\\":\\"$3\\",\\"state\\":\\"$4\\"}" >>${truthFile}
`;
}
