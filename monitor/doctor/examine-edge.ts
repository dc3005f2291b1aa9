import type { DoctorFacts, EngineFacts, NameFacts } from '../../domain/doctor/facts';
import { canonicalAddress } from '../../domain/inventory/host-address';
import { allEdges, type Credential, type Edge, type Inventory } from '../../domain/inventory/inventory';
import type { Reading } from '../../domain/model/reading';
import { AddressResolver } from '../names/address-resolver';
import { EdgeReader } from '../poll/edge-reader';
import type { SecretResolver } from '../secrets/secret-resolver';
import { SnmpSession } from '../snmp/client/session';
import { SharedSockets } from '../snmp/client/shared-sockets';
import { hostOf } from '../snmp/snmp-source';
import { discover, type Discovery } from './discover';
import { emptyFacts } from './empty-facts';
import { findObjects, readAddresses, readObjectId } from './find-objects';
import { measureAnswers } from './measure-answers';
import { tryCredential, type Target, type TriedCredential } from './try-credential';

/** What an examination needs. */
export interface ExamineParts {
  /** The inventory that the edge is in; its other edges are compared by engine ID. */
  inventory: Inventory;
  /** Whether the inventory's addresses and cluster of the edge mean something: false for an address that was typed. */
  isListed: boolean;
  secrets: SecretResolver;
}

const lookUpMs = 3_000;
const discoveryMs = 2_500;
/** Discoveries to other edges, side by side. */
const siblingsMs = 1_200;
const maxSiblings = 64;
/** A first poll walks the agent. */
const readingMs = 8_000;
/** Two readings at least this far apart: net-snmp caches its counters for about 3 s. */
const betweenReadingsMs = 4_000;

/**
 * Asks one edge everything, over connections of its own, step by step; a step that fails leaves out those that need it. Never throws for
 * what an edge does.
 */
export async function examineEdge(edge: Edge, parts: ExamineParts): Promise<DoctorFacts> {
  const names = new AddressResolver();
  const startedAt = performance.now();
  const facts = emptyFacts(edge, parts.inventory, parts.isListed, Date.now());
  try {
    if (edge.snmp) await examineSnmp(edge, parts, names, facts);
    await readServices(edge, parts, facts);
    return { ...facts, tookMs: performance.now() - startedAt };
  } finally {
    names.close();
  }
}

async function examineSnmp(
  edge: Edge,
  parts: ExamineParts,
  names: AddressResolver,
  facts: DoctorFacts,
): Promise<void> {
  const host = hostOf(edge);
  const port = edge.snmp?.port ?? 161;
  facts.name = await lookUp(host, names);
  const found = await firstAnswering(facts.name.addresses, port);
  if (!found) return;
  const { address, discovery } = found;
  facts.name = { ...facts.name, used: address };
  facts.reach = discovery.reach;
  const credential = parts.inventory.credentials.find(({ name }) => name === edge.snmp?.credential);
  if (discovery.engine) facts.engine = await engineFacts(discovery.engine, edge, parts.inventory, names);
  if (credential && discovery.reach.outcome !== 'failed') {
    const target: Target = {
      ...{ peer: { address, port }, where: whereOf(host, port) },
      ...{ sockets: new SharedSockets(), answerMs: discovery.reach.latencyMs },
    };
    const isUseless = discovery.reach.outcome === 'refused';
    const tried = await tryCredential(
      target,
      credential,
      parts.secrets,
      discovery.engine !== null && !isUseless,
    );
    facts.credential = tried.facts;
    await examineAgent(target, tried, edge, credential, parts, facts);
  }
  await lookAtClockAgain(discovery, { address, port }, facts);
}

async function examineAgent(
  target: Target,
  { security }: TriedCredential,
  edge: Edge,
  credential: Credential,
  { secrets }: ExamineParts,
  facts: DoctorFacts,
): Promise<void> {
  if (!security) return;
  const reader = new EdgeReader({
    credentialOf: (name) => (name === credential.name ? credential : undefined),
    secrets,
  });
  const session = new SnmpSession(target.peer, target.where, security, target.sockets);
  try {
    const snmpOnly = withoutServices(edge);
    const first = await reader.readHealth(snmpOnly, readingMs);
    facts.answers = await measureAnswers(session);
    facts.objects = await findObjects(session);
    facts.objectId = await readObjectId(session);
    facts.agentAddresses = await readAddresses(session);
    applyReading(first, facts);
    if (first.snmp.outcome !== 'answered') return;
    await pause(betweenReadingsMs - (performance.now() - first.finishedMonotonicMs));
    const second = await reader.readHealth(snmpOnly, readingMs);
    if (second.snmp.outcome !== 'answered') return;
    const elapsedMs = second.finishedMonotonicMs - first.finishedMonotonicMs;
    facts.later = { reading: second.snmp.value, elapsedMs };
  } finally {
    session.end();
    await reader.close();
  }
}

function applyReading({ snmp }: Reading, facts: DoctorFacts): void {
  if (snmp.outcome === 'answered') facts.reading = snmp.value;
  if (snmp.outcome === 'unreachable') facts.readingWords = snmp.words.replace(/\.$/, '');
}

async function readServices(edge: Edge, { secrets }: ExamineParts, facts: DoctorFacts): Promise<void> {
  if (!edge.http && !edge.tcp) return;
  const { snmp: _snmp, ...services } = edge;
  const reader = new EdgeReader({ credentialOf: () => undefined, secrets });
  try {
    const { http, tcp } = await reader.readHealth(services, readingMs);
    Object.assign(facts, { http, tcp });
  } finally {
    await reader.close();
  }
}

async function lookUp(host: string, names: AddressResolver): Promise<NameFacts> {
  const literal = canonicalAddress(host);
  if (literal !== null) return { host, isAddress: true, addresses: [literal], used: literal, words: null };
  const known = await names.first(host, lookUpMs);
  if (known.addresses === null)
    return { host, isAddress: false, addresses: [], used: null, words: known.words ?? 'no answer in time' };
  return {
    host,
    isAddress: false,
    addresses: known.addresses,
    used: known.addresses[0] ?? null,
    words: null,
  };
}

/** The first of the addresses that answers; otherwise the first one. */
async function firstAnswering(
  addresses: readonly string[],
  port: number,
): Promise<{ address: string; discovery: Discovery } | null> {
  let first: { address: string; discovery: Discovery } | null = null;
  for (const address of addresses.slice(0, 4)) {
    const discovery = await discover({ address, port }, discoveryMs);
    first ??= { address, discovery };
    if (discovery.reach.outcome === 'answers') return { address, discovery };
  }
  return first;
}

async function engineFacts(
  engine: NonNullable<Discovery['engine']>,
  edge: Edge,
  inventory: Inventory,
  names: AddressResolver,
): Promise<EngineFacts> {
  const others = allEdges(inventory).filter(
    (one) => one.id !== edge.id && one.snmp && !isSameAgent(one, edge),
  );
  const compared = others.slice(0, maxSiblings).map(async (one) => {
    const { used } = await lookUp(hostOf(one), names);
    if (used === null) return null;
    const found = await discover({ address: used, port: one.snmp?.port ?? 161 }, siblingsMs);
    return found.engine?.id.equals(engine.id) ? one.name : null;
  });
  const sharedWith = (await Promise.all(compared)).filter((name) => name !== null);
  const { boots, timeSeconds } = engine;
  return { id: engine.id.toString('hex'), boots, timeSeconds, later: null, sharedWith };
}

function isSameAgent(one: Edge, other: Edge): boolean {
  return hostOf(one) === hostOf(other) && one.snmp?.port === other.snmp?.port;
}

async function lookAtClockAgain(
  { engine }: Discovery,
  peer: { address: string; port: number },
  facts: DoctorFacts,
): Promise<void> {
  if (!engine || !facts.engine) return;
  const again = (await discover(peer, discoveryMs)).engine;
  if (!again?.id.equals(engine.id)) return;
  const { boots, timeSeconds, atMs } = again;
  facts.engine = { ...facts.engine, later: { boots, timeSeconds, elapsedMs: atMs - engine.atMs } };
}

function withoutServices({ http: _http, tcp: _tcp, ...edge }: Edge): Edge {
  return edge;
}

function whereOf(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
