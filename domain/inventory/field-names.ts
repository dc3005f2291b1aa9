/** Names of the inventory's fields on screen; the vendor's names where the vendor has the field. */
export const fieldWords: Readonly<Record<string, string>> = {
  name: 'Name',
  site: 'Site',
  status: 'Status',
  clusterIp: 'Cluster IP address',
  subnetMask: 'Subnet mask',
  defaultGateway: 'Default gateway',
  ipsecLocalTermination: 'IPSec local termination',
  edgeCapacityMegabitsPerSecond: 'Capacity of an edge',
  witness: 'Witness of the LB role',
  vhid: 'CARP group (VHID)',
  edges: 'Virtual Service Edges',
  cluster: 'Cluster',
  deployment: 'Deployment mode',
  deploymentStatus: 'Deployment status',
  proxyIp: 'Proxy IP address',
  lbIp: 'Load balancer IP address',
  managementIp: 'Management IP address',
  subscription: 'Subscription',
  sku: 'Subscription size',
  snmp: 'SNMP',
  'snmp.host': 'SNMP host',
  'snmp.port': 'SNMP port',
  'snmp.credential': 'SNMP credential',
  http: 'HTTP health page',
  'http.url': 'HTTP health page',
  tcp: 'TCP port',
  'tcp.host': 'TCP host',
  'tcp.port': 'TCP port',
  version: 'SNMP version',
  user: 'User',
  'auth.protocol': 'Authentication',
  'auth.passwordEnv': 'Authentication password',
  'auth.passwordSecret': 'Authentication password',
  'priv.protocol': 'Privacy',
  'priv.passwordEnv': 'Privacy password',
  'priv.passwordSecret': 'Privacy password',
  communityEnv: 'Community',
  communitySecret: 'Community',
};

/** The name of a field by its path within its entry; the key where it has no name. */
export function fieldInWords(path: readonly PropertyKey[]): string {
  const key = path.filter((step) => typeof step === 'string').join('.');
  return fieldWords[key] ?? key;
}
