import path from 'node:path';
import type { ClusterPlan, EdgePlan, LabPlan } from './plan';
import { pythonCommand } from './requirements';

/** The SNMPv3 user of every edge, and its passwords. */
export interface SnmpSecrets {
  authPassword: string;
  privPassword: string;
}
export const snmpUser = 'noc';

/** Debian ships no IETF MIBs: objects are named by number. */
const oid = {
  ifIndex: '.1.3.6.1.2.1.2.2.1.1',
  ifAdminStatus: '.1.3.6.1.2.1.2.2.1.7',
  ifOperStatus: '.1.3.6.1.2.1.2.2.1.8',
  linkDown: '.1.3.6.1.6.3.1.1.5.3',
  linkUp: '.1.3.6.1.6.3.1.1.5.4',
  prNames: '.1.3.6.1.4.1.2021.2.1.2',
  prErrorFlag: '.1.3.6.1.4.1.2021.2.1.100',
  prErrMessage: '.1.3.6.1.4.1.2021.2.1.101',
  carpIfState: '.1.3.6.1.4.1.30155.6.2.2.1.7',
};

/** snmpd.conf(5) of one edge. `scripts` is the folder of the lab's edge programs. */
export function snmpdConfig(
  plan: LabPlan,
  cluster: ClusterPlan,
  edge: EdgePlan,
  secrets: SnmpSecrets,
  scripts: string,
): string {
  const { authPassword, privPassword } = secrets;
  const objects = `${pythonCommand()} ${path.join(scripts, 'objects.py')} ${edge.folder}`;
  // -1: never answer from the cache. (0 would mean net-snmp's default of 5 seconds.)
  const cacheSeconds = plan.options.carpCacheSeconds || -1;
  const lines = [
    `agentaddress udp:${edge.managementIp}:161`,
    `[snmp] clientaddr ${edge.managementIp}`,
    '[snmpd]',
    'dontLogTCPWrappersConnects yes',
    `exactEngineID 0x${edge.engineId}`,
    `createUser ${snmpUser} SHA ${authPassword} AES ${privPassword}`,
    `rouser ${snmpUser} priv`,
    `sysName ${edge.name}`,
    'sysDescr Heron lab edge (Linux, ucarp)',
    'sysLocation lab',
    'sysContact nobody',
    'proc ucarp 4 1',
    'disk / 1%',
    'load 1000 1000 1000',
    `extend -cacheTime ${cacheSeconds} carp ${path.join(scripts, 'carp-status.sh')} ${edge.folder}`,
    `pass_persist .1.3.6.1.4.1.46262 ${objects}`,
    `pass_persist .1.3.6.1.4.1.30155.6.2 ${objects}`,
    `pass_persist -p 10 .1.3.6.1.2.1.25.1.1 ${objects}`,
    ...(plan.options.trapPort === null ? [] : traps(cluster, edge, secrets, plan.options.trapPort)),
  ];
  return `${lines.join('\n')}\n`;
}

/** snmp.conf(5) of the edge's own informs, which its LB's scripts send the moment its role changes. */
export function trapSenderConfig(edge: EdgePlan, { authPassword, privPassword }: SnmpSecrets): string {
  const lines = [
    `clientaddr ${edge.managementIp}`,
    'defVersion 3',
    `defSecurityName ${snmpUser}`,
    'defSecurityLevel authPriv',
    'defAuthType SHA',
    `defAuthPassphrase ${authPassword}`,
    'defPrivType AES',
    `defPrivPassphrase ${privPassword}`,
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * DisMan event MIB: the agent polls itself as the user _internal and sends v3 traps to the poller, signed with its own
 * engine id as RFC 3414 has it for traps.
 */
function traps(cluster: ClusterPlan, edge: EdgePlan, secrets: SnmpSecrets, port: number): string[] {
  const { authPassword, privPassword } = secrets;
  const link = `${oid.ifIndex} ${oid.ifAdminStatus} ${oid.ifOperStatus}`;
  const carp = (role: string, value: number): string =>
    `monitor -r 1 -S -o ${oid.carpIfState} "carp ${role}" ${oid.carpIfState} == ${value}`;
  return [
    `createUser _internal SHA ${authPassword} AES ${privPassword}`,
    'iquerySecName _internal',
    'rouser _internal auth',
    `trapsess -v 3 -e 0x${edge.engineId} -u ${snmpUser} -l authPriv -a SHA -A ${authPassword} -x AES -X ${privPassword} ` +
      `${cluster.pollerIp}:${port}`,
    `notificationEvent linkDown ${oid.linkDown} ${link}`,
    `notificationEvent linkUp ${oid.linkUp} ${link}`,
    `monitor -r 1 -S -e linkDown "link down" ${oid.ifOperStatus} == 2`,
    `monitor -r 1 -S -e linkUp "link up" ${oid.ifOperStatus} != 2`,
    `monitor -r 1 -S -o ${oid.prNames} -o ${oid.prErrMessage} "process" ${oid.prErrorFlag} != 0`,
    carp('init', 0),
    carp('backup', 1),
    carp('master', 2),
  ];
}
