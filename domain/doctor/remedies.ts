import { isViewTooNarrow, systemOf } from './answer-steps';
import { isUndecrypted } from './credential-step';
import type { CredentialFacts, DoctorFacts } from './facts';
import type { Remedy } from './report';
import { reportedRoles } from './role-step';

/** Names in the inventory or from an agent that may stand in a configuration file as they are. */
const safeName = /^[\w.-]{1,32}$/;
const cacheMs = 1_000;

/** Protocol names of net-snmp's createUser (snmpd.conf(5)). */
const netSnmpNames: Readonly<Record<string, string>> = {
  ...{ md5: 'MD5', sha1: 'SHA', sha224: 'SHA-224', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' },
  ...{ des: 'DES', aes128: 'AES', aes256: 'AES-256' },
};

/** Lines for the agent's configuration that would fix what was found. Passwords are placeholders. */
export function remediesFor(facts: DoctorFacts): Remedy[] {
  if (systemOf(facts) === 'openbsd') return [];
  return [...listening(facts), ...credentials(facts), ...view(facts), ...role(facts)];
}

function listening({ reach }: DoctorFacts): Remedy[] {
  if (reach?.outcome !== 'refused') return [];
  return [
    {
      file: 'snmpd.conf',
      why: 'to let the agent listen on all addresses',
      lines: [`agentAddress udp:${reach.port},udp6:${reach.port}`],
    },
  ];
}

function credentials({ credential }: DoctorFacts): Remedy[] {
  if (!credential || credential.version !== '3' || credential.unusable !== null) return [];
  const { userProbe, authProbe, fullProbe, isSwapped, otherAuthProtocol, otherPrivProtocol } = credential;
  if (isSwapped || otherAuthProtocol !== null || otherPrivProtocol !== null) return [];
  const isUnknown = [userProbe, authProbe, fullProbe].some(({ outcome }) => outcome === 'unknown-user');
  const isUnfit =
    authProbe.outcome === 'wrong-digest' ||
    [authProbe, fullProbe].some(({ outcome }) => outcome === 'unsupported-level') ||
    isPrivacyWrong(credential);
  if (!isUnknown && !isUnfit) return [];
  const why = isUnknown
    ? 'to create the user'
    : 'to create the user again (stop snmpd first, and delete the usmUser line of this user from its persistent file, on Debian /var/lib/snmp/snmpd.conf)';
  return [
    {
      file: 'snmpd.conf',
      why,
      lines: [createUser(credential), `rouser ${userName(credential)} ${levelName(credential)}`],
    },
  ];
}

function isPrivacyWrong(credential: CredentialFacts): boolean {
  return (
    ['accepted', 'not-authorized', 'unsupported-level'].includes(credential.authProbe.outcome) &&
    isUndecrypted(credential)
  );
}

function createUser(credential: CredentialFacts): string {
  const { authProtocol, privProtocol } = credential;
  const auth =
    authProtocol === null ? '' : ` ${netSnmpNames[authProtocol] ?? 'SHA'} "AUTHENTICATION PASSWORD"`;
  const priv = privProtocol === null ? '' : ` ${netSnmpNames[privProtocol] ?? 'AES'} "PRIVACY PASSWORD"`;
  return `createUser ${userName(credential)}${auth}${priv}`;
}

function view(facts: DoctorFacts): Remedy[] {
  const { credential } = facts;
  if (!credential || !isViewTooNarrow(facts)) return [];
  const access =
    credential.version === '2c'
      ? 'rocommunity COMMUNITY default -V heron'
      : `rouser ${userName(credential)} ${levelName(credential)} -V heron`;
  return [
    {
      file: 'snmpd.conf',
      why: `to let it read everything (instead of its present ${credential.version === '2c' ? 'rocommunity' : 'rouser'} line)`,
      lines: ['view heron included .1', access],
    },
  ];
}

function role(facts: DoctorFacts): Remedy[] {
  const { edge, reading, objects } = facts;
  if (!reading || edge.isInCluster === false || isViewTooNarrow(facts)) return [];
  const roles = reportedRoles(facts).filter((one) => one.role !== 'unknown');
  const isCached = roles.some((one) => one.witness === 'carp-extend' && one.maxAgeMs > cacheMs);
  if (roles.length > 0 && !isCached) return [];
  const extend = `extend -cacheTime 1 carp /sbin/ifconfig ${lbInterface(facts)}`;
  if (isCached)
    return [
      {
        file: 'snmpd.conf',
        why: 'to refresh the role every second (with the command that is there now)',
        lines: [extend],
      },
    ];
  const hangs = objects?.some(({ key, outcome }) => key === 'keepalived-mib' && outcome !== 'absent');
  if (systemOf(facts) !== 'linux' && !hangs)
    return [{ file: 'snmpd.conf', why: 'to publish the role from ifconfig', lines: [extend] }];
  return [
    { file: 'snmpd.conf', why: 'to let keepalived publish the role', lines: ['master agentx'] },
    { file: 'keepalived.conf', why: 'the same', lines: ['global_defs { enable_snmp_vrrp }'] },
    {
      file: 'snmpd.conf',
      why: 'without keepalived: to publish the role by a command of your own that prints MASTER or BACKUP',
      lines: ['extend -cacheTime 1 carp /path/to/command'],
    },
  ];
}

function lbInterface({ reading }: DoctorFacts): string {
  const index = reading?.interfaceUse.loadBalancer;
  const name = reading?.interfaces.find((one) => one.index === index)?.name ?? '';
  return safeName.test(name) ? name : 'INTERFACE';
}

function userName({ user }: CredentialFacts): string {
  return user !== null && safeName.test(user) ? user : 'USER';
}

function levelName({ level }: CredentialFacts): string {
  return level === 'authPriv' ? 'priv' : level === 'authNoPriv' ? 'auth' : 'noauth';
}
