import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DoctorFacts } from '../../domain/doctor/facts';
import { canonicalAddress } from '../../domain/inventory/host-address';
import {
  allEdges,
  identifyInventory,
  type Credential,
  type Edge,
  type Inventory,
} from '../../domain/inventory/inventory';
import { problemInWords } from '../../domain/inventory/inventory-problem';
import { hostSchema } from '../../domain/inventory/inventory-text';
import { nearestName } from '../../domain/inventory/nearest-name';
import { examineEdge } from '../../monitor/doctor/examine-edge';
import { examineWalk } from '../../monitor/doctor/examine-walk';
import { maxWalkBytes, parseWalk } from '../../monitor/doctor/parse-walk';
import { readInventory } from '../../monitor/inventory/read-inventory';
import { UsageError } from '../common/command-line';
import { commandSecrets } from '../common/command-secrets';
import type { DoctorOptions } from './doctor-options';

/** What the arguments name: what is examined one after the other, and the inventory by which it is redacted. */
export interface ToExamine {
  inventory: Inventory;
  examinations: { name: string; examine: () => Promise<DoctorFacts> }[];
}

/** A file that cannot be read, in lines for the user. */
export class UnreadableFile extends Error {}

/** @throws UsageError, UnreadableFile */
export async function toExamine(options: DoctorOptions): Promise<ToExamine> {
  const { what, inventory: file, user } = options;
  if (file !== undefined) return fromInventory(await inventoryOf(file), options);
  if (user !== undefined || options['community-env'] !== undefined) {
    const credential = typedCredential(options);
    return typedAddress(
      what,
      { credentials: [credential], clusters: [], standaloneEdges: [] },
      credential,
      options,
    );
  }
  if (/\.(?:snmpwalk|walk)$/i.test(what)) return fromWalk(what);
  if (canonicalAddress(what) !== null)
    throw new UsageError(
      `How is ${what} asked? Add --inventory FILE --credential NAME, --user USER or --community-env VARIABLE.`,
    );
  const inventory = await inventoryOf(what);
  const enabled = allEdges(inventory).filter((edge) => isEnabled(edge, inventory));
  if (enabled.length === 0) throw new UsageError(`${what} has no enabled edge.`);
  return {
    inventory,
    examinations: enabled.map((edge) => examination(edge, inventory, { isListed: true, options })),
  };
}

function isEnabled(edge: Edge, { clusters }: Inventory): boolean {
  const cluster = clusters.find(({ id }) => id === edge.clusterId);
  return edge.status === 'enabled' && cluster?.status !== 'disabled';
}

function fromInventory(inventory: Inventory, options: DoctorOptions): ToExamine {
  const { what } = options;
  const edges = allEdges(inventory);
  const named = edges.filter(({ name }) => name === what);
  if (named.length > 0 && options.credential === undefined)
    return {
      inventory,
      examinations: named.map((edge) => examination(edge, inventory, { isListed: true, options })),
    };
  if (options.user !== undefined || options['community-env'] !== undefined) {
    const credential = typedCredential(options);
    const extended = { ...inventory, credentials: [...inventory.credentials, credential] };
    return typedAddress(what, extended, credential, options);
  }
  const credential = inventory.credentials.find(({ name }) => name === options.credential);
  if (options.credential !== undefined && !credential) {
    const known = inventory.credentials.map(({ name }) => JSON.stringify(name)).join(', ') || 'none';
    throw new UsageError(
      `There is no credential ${JSON.stringify(options.credential)}. There are: ${known}.`,
    );
  }
  if (credential) return typedAddress(what, inventory, credential, options);
  const near = nearestName(
    what,
    edges.map(({ name }) => name),
  );
  const hint = near === null ? '' : ` Did you mean ${JSON.stringify(near)}?`;
  throw new UsageError(
    `The inventory has no edge ${JSON.stringify(what)}.${hint} For an address, add --credential NAME.`,
  );
}

function typedAddress(
  host: string,
  inventory: Inventory,
  credential: Credential,
  options: DoctorOptions,
): ToExamine {
  const checked = hostSchema.safeParse(host);
  if (!checked.success) throw new UsageError(`${JSON.stringify(host)} is no address and no host name.`);
  const { port = 161 } = options;
  const edge: Edge = {
    ...{ id: `typed ${host}`, name: host, clusterId: null, status: 'enabled', deployment: 'standalone' },
    proxyIp: canonicalAddress(host) ?? '',
    snmp: { host, port, credential: credential.name },
  };
  const extended = { ...inventory, standaloneEdges: [...inventory.standaloneEdges, edge] };
  return { inventory: extended, examinations: [examination(edge, inventory, { isListed: false, options })] };
}

function typedCredential(options: DoctorOptions): Credential {
  const { user, auth, priv } = options;
  const name = 'the command line';
  const community = options['community-env'];
  if (community !== undefined) return { name, version: '2c', communityEnv: community };
  return {
    ...{ name, version: '3', user: user ?? '' },
    ...(auth !== undefined && { auth: { protocol: auth, passwordEnv: options['auth-env'] } }),
    ...(priv !== undefined && { priv: { protocol: priv, passwordEnv: options['priv-env'] } }),
  };
}

function examination(
  edge: Edge,
  inventory: Inventory,
  { isListed, options }: { isListed: boolean; options: DoctorOptions },
): ToExamine['examinations'][number] {
  // What was typed is allowed by having been typed.
  const typed = [options['auth-env'], options['priv-env'], options['community-env']].flatMap(
    (name) => name ?? [],
  );
  const secrets = commandSecrets([...typed, ...options['allow-env']]);
  return { name: edge.name, examine: () => examineEdge(edge, { inventory, isListed, secrets }) };
}

async function inventoryOf(file: string): Promise<Inventory> {
  const result = await readInventory(file);
  if (!result.ok) {
    const lines = result.problems.slice(0, 5).map((problem) => problemInWords(file, problem));
    throw new UnreadableFile(lines.join('\n'));
  }
  return identifyInventory(result.file, null);
}

async function fromWalk(file: string): Promise<ToExamine> {
  const { rows, unreadable } = parseWalk(await textOf(file));
  if (rows.size === 0)
    throw new UnreadableFile(
      `${file}: no line of it is a row of a walk. Record one with: snmpbulkwalk -On … .1 > FILE.snmpwalk`,
    );
  const name = basename(file);
  const examine = (): Promise<DoctorFacts> => {
    const facts = examineWalk(name, rows, Date.now());
    if (facts.reading && unreadable > 0)
      facts.reading.unreadable = [`${unreadable} lines of the file cannot be read`];
    return Promise.resolve(facts);
  };
  return {
    inventory: { credentials: [], clusters: [], standaloneEdges: [] },
    examinations: [{ name, examine }],
  };
}

/** At most the allowed size is read, whatever the file is. */
async function textOf(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const parts: Buffer[] = [];
      const stream = handle.createReadStream({ end: maxWalkBytes, autoClose: false });
      for await (const part of stream) parts.push(part as Buffer);
      const bytes = Buffer.concat(parts);
      if (bytes.length > maxWalkBytes)
        throw new UnreadableFile(`${file}: larger than ${maxWalkBytes / 2 ** 20} MiB.`);
      return bytes.toString('utf8');
    } finally {
      await handle.close();
    }
  } catch (fault) {
    if (fault instanceof UnreadableFile) throw fault;
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown';
    throw new UnreadableFile(`${file}: cannot be read (${code}). Check the name and the rights.`);
  }
}
