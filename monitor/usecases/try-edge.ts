import { sentence } from '../../domain/words/sentence';
import type { TryResult } from '../../domain/contract/inventory-contract';
import { diagnose } from '../../domain/doctor/diagnose';
import type { Credential, Edge } from '../../domain/inventory/inventory';
import type { Reading, SnmpReading, SourceResult } from '../../domain/model/reading';
import { machineUptimeMs } from '../../domain/model/uptime';
import { examineEdge } from '../doctor/examine-edge';
import type { SecretResolver } from '../secrets/secret-resolver';
import { EdgeReader } from '../poll/edge-reader';

/** A first poll walks the agent, so it may take longer than later ones. */
const deadlineMs = 5_000;
/** Further polls of an agent that is there but silent: only repeated silence tells a wrong community from lost packets. */
const silentRefusalPolls = 3;
const silentRefusalMs = 1_200;

/** Typed passwords, which are not stored, take precedence over stored ones. */
export function withTyped(
  typed: readonly { secret: string; value: string }[],
  stored: SecretResolver,
): SecretResolver {
  const byName = new Map(typed.map(({ secret, value }) => [secret, value]));
  return {
    resolve(source) {
      const value = 'secret' in source ? byName.get(source.secret) : undefined;
      return value === undefined ? stored.resolve(source) : Promise.resolve({ found: true, value });
    },
  };
}

/**
 * Polls an edge once, by every configured source and over separate connections: monitoring is not affected, and nothing is recorded.
 * Never throws: what went wrong is in the result, in words.
 */
export async function tryEdge(
  edge: Edge,
  credential: Credential | null,
  secrets: SecretResolver,
): Promise<TryResult> {
  const reader = new EdgeReader({
    credentialOf: (name) => (credential?.name === name ? credential : undefined),
    secrets,
  });
  try {
    let reading = await reader.readHealth(edge, deadlineMs);
    for (let poll = 0; poll < silentRefusalPolls && isUnanswered(reading); poll += 1)
      reading = await reader.readHealth(edge, silentRefusalMs);
    const result = resultOf(edge, reading, reader.engineOf(edge.id)?.engineId ?? null);
    if (result.snmp.outcome !== 'failed') return result;
    const words = await whySnmpFails(edge, credential, secrets);
    return { ...result, snmp: { ...result.snmp, words: words ?? result.snmp.words } };
  } finally {
    await reader.close();
  }
}

/** Which part of the address or the credential is wrong and what to do, as `heron doctor` finds it; null: it finds nothing wrong. */
async function whySnmpFails(
  edge: Edge,
  credential: Credential | null,
  secrets: SecretResolver,
): Promise<string | null> {
  const { http: _http, tcp: _tcp, ...snmpOnly } = edge;
  const inventory = { credentials: credential ? [credential] : [], clusters: [], standaloneEdges: [] };
  const { steps, remedies } = diagnose(await examineEdge(snmpOnly, { inventory, isListed: true, secrets }));
  const [failure] = steps.filter(({ status }) => status === 'failed');
  if (!failure) return null;
  const findings = failure.findings.filter(({ status }) => status !== 'note');
  const sentences = findings.flatMap(({ words, todo }) => (todo === null ? [words] : [words, todo]));
  const lines = remedies.flatMap(({ file, lines: fix }) => fix.map((line) => `${file}: ${line}`));
  const below = lines.length > 0 ? ` ${lines.join('; ')}` : '';
  return `${sentences.join(' ').replaceAll(' (see below)', '')}${below}`;
}

function isUnanswered({ snmp }: Reading): boolean {
  return snmp.outcome === 'unreachable' && snmp.code === 'unanswered';
}

function resultOf(edge: Edge, reading: Reading, engineId: Buffer | null): TryResult {
  return {
    edgeName: edge.name,
    atMs: reading.finishedAtMs,
    tookMs: reading.finishedMonotonicMs - reading.startedMonotonicMs,
    snmp: outcomeOf(reading.snmp, (snmp) => ({
      engine: engineId === null ? null : engineId.toString('hex'),
      systemName: snmp.reportedName,
      description: snmp.description,
      uptimeMs: machineUptimeMs(snmp.systemUptimeMs, snmp.agentUptimeMs) ?? snmp.agentUptimeMs,
      roles: snmp.roles,
      interfaces: interfacesOf(snmp),
      unreadable: snmp.unreadable ?? [],
    })),
    http: outcomeOf(reading.http, ({ status, bodyBytes, bodyAsExpected }) => ({
      status,
      bodyBytes,
      asExpected: bodyAsExpected,
    })),
    tcp: outcomeOf(reading.tcp, () => ({})),
  };
}

type Outcome<R> =
  | ({ outcome: 'answered'; latencyMs: number } & R)
  | { outcome: 'failed'; latencyMs: number; words: string }
  | { outcome: 'not-asked' };

function outcomeOf<T, R extends object>(result: SourceResult<T>, words: (value: T) => R): Outcome<R> {
  switch (result.outcome) {
    case 'answered':
      return { outcome: 'answered', latencyMs: result.latencyMs, ...words(result.value) };
    case 'unreachable':
      return { outcome: 'failed', latencyMs: result.latencyMs, words: sentence(result.words) };
    case 'not-asked':
      return { outcome: 'not-asked' };
  }
}

function interfacesOf({ interfaces, interfaceUse }: SnmpReading): {
  name: string;
  up: boolean | null;
  use: 'management' | 'proxy' | 'load balancer' | null;
}[] {
  return interfaces.map(({ index, name, operUp }) => ({
    name,
    up: operUp,
    use:
      index === interfaceUse.proxy
        ? 'proxy'
        : index === interfaceUse.loadBalancer
          ? 'load balancer'
          : index === interfaceUse.management
            ? 'management'
            : null,
  }));
}
