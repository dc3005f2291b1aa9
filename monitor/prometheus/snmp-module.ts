import type { Credential } from '../../domain/inventory/inventory';
import { columns, type Column } from './columns';

/** How often the exporter sends a request, and how long it waits for each answer: an edge that is silent is known after their product. */
export const exporterTries = 3;
const waitSeconds = 1;

/** Rows of a GETBULK answer. */
const maxRepetitions = 25;

/** The module of snmp_exporter's configuration (format of 0.11 to 0.22) that reads an edge with a credential. */
export function snmpModule(credential: Credential): Record<string, unknown> {
  const walked = columns.filter(({ index }) => index !== 'exact');
  return {
    walk: walked.map(({ oid }) => oid),
    get: columns.filter(({ index }) => index === 'exact').map(({ oid }) => oid),
    metrics: columns.map(metricOf),
    version: credential.version === '3' ? 3 : 2,
    max_repetitions: maxRepetitions,
    retries: exporterTries - 1,
    timeout: `${waitSeconds}s`,
    auth: authOf(credential),
  };
}

/** The name of the module for a credential, as a scrape names it in its parameter `module`. */
export function moduleName(credential: string): string {
  return `heron_${credential.replaceAll(/[^A-Za-z0-9_]/g, '_').toLowerCase()}`;
}

/** How long a scrape may take, seconds: all tries and the time of an answer. */
export function scrapeTimeoutSeconds(scrapeIntervalMs: number): number {
  return Math.min(exporterTries * waitSeconds + 4, Math.floor(scrapeIntervalMs / 1000));
}

function metricOf({ metric, oid, kind, index, help }: Column): Record<string, unknown> {
  return {
    name: metric,
    oid,
    type: types[kind],
    help: `${help} - ${oid}`,
    ...(index === 'exact' ? {} : { indexes: indexesOf(index) }),
  };
}

const types: Record<Column['kind'], string> = {
  number: 'gauge',
  counter32: 'counter',
  counter64: 'counter',
  text: 'DisplayString',
  octets: 'OctetString',
};

/** The labels of a row: `row`, of tables in two dimensions `row` and `row2`, of the address table `address`. */
function indexesOf(index: Exclude<Column['index'], 'exact'>): { labelname: string; type: string }[] {
  if (index === 'address') return [{ labelname: 'address', type: 'InetAddressIPv4' }];
  const row = { labelname: 'row', type: 'gauge' };
  return index === 'row' ? [row] : [row, { labelname: 'row2', type: 'gauge' }];
}

const authProtocols: Record<string, string> = {
  ...{ md5: 'MD5', sha1: 'SHA', sha224: 'SHA224', sha256: 'SHA256', sha384: 'SHA384', sha512: 'SHA512' },
};
const privProtocols: Record<string, string> = { des: 'DES', aes128: 'AES', aes256: 'AES256' };

/** Passwords are left to envsubst: the file names variables, as the inventory does. */
function authOf(credential: Credential): Record<string, unknown> {
  if (credential.version === '2c') {
    return { community: placeholder(credential.communityEnv, credential.communitySecret, credential.name) };
  }
  const { user, auth, priv, name } = credential;
  return {
    security_level: priv ? 'authPriv' : auth ? 'authNoPriv' : 'noAuthNoPriv',
    username: user,
    ...(auth
      ? {
          password: placeholder(auth.passwordEnv, auth.passwordSecret, `${name}_auth`),
          auth_protocol: authProtocols[auth.protocol],
        }
      : {}),
    ...(priv
      ? {
          priv_password: placeholder(priv.passwordEnv, priv.passwordSecret, `${name}_priv`),
          priv_protocol: privProtocols[priv.protocol],
        }
      : {}),
  };
}

function placeholder(env: string | undefined, secret: string | undefined, name: string): string {
  return `\${${env ?? `HERON_${(secret ?? name).toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`}}`;
}
