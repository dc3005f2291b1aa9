/** Names of the inventory's fields on screen; the vendor's names where the vendor has the field. */
export const fieldWords: Readonly<Record<string, string>> = {
  name: 'Name',
  vendorId: 'Number at the vendor',
  site: 'Site',
  status: 'Status',
  clusterIp: 'Cluster IP address',
  subnetMask: 'Subnet mask',
  defaultGateway: 'Default gateway',
  ipsecLocalTermination: 'IPSec local termination',
  edgeCapacityMegabitsPerSecond: 'Capacity of an edge',
  witness: 'Witness of the LB role',
  vhid: 'CARP group (VHID)',
  probe: 'Probe of the cluster IP',
  'probe.kind': 'Probe of the cluster IP',
  'probe.port': 'Probe port',
  'probe.path': 'Probe path',
  'probe.intervalMs': 'Probe interval, ms',
  overrides: 'Thresholds and intervals',
  'overrides.cpuPercent': 'CPU limit, %',
  'overrides.swapPercent': 'Swap limit, %',
  'overrides.imbalanceBelowPercent': 'Lowest part of the even share, %',
  'overrides.imbalanceAbovePercent': 'Highest part of the even share, %',
  'overrides.healthIntervalMs': 'Full poll interval, ms',
  'overrides.roleIntervalMs': 'Role poll interval, ms',
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

/** What an inventory changes of a rule of alerts. */
const ruleFieldWords: Readonly<Record<string, string>> = {
  enabled: 'alerts',
  severity: 'severity',
  forMs: 'after, ms',
  clearMs: 'over after, ms',
  escalateMs: 'escalates after, ms',
};

/** The name of a field by its path within its entry; the key where it has no name. */
export function fieldInWords(path: readonly PropertyKey[]): string {
  const key = path.filter((step) => typeof step === 'string').join('.');
  const [, rule, field = ''] = /^overrides\.alerts\.([a-z-]+)\.([a-zA-Z]+)$/.exec(key) ?? [];
  if (rule !== undefined) return `Alert rule ${rule}: ${ruleFieldWords[field] ?? field}`;
  return fieldWords[key] ?? key;
}
