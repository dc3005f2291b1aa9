import type { TryResult } from '../../domain/contract/inventory-contract';
import type { Credential, Edge } from '../../domain/inventory/inventory';
import type { Reading, SnmpReading, SourceResult } from '../../domain/model/reading';
import type { SecretResolver } from '../secrets/secret-resolver';
import { EdgeReader } from '../poll/edge-reader';

/** A first read walks the agent: it may take longer than one of the polls that follow. */
const deadlineMs = 5_000;

/** Passwords that were typed and are stored nowhere, before those that are. */
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
 * Reads an edge once, in every way it is configured to be asked, over connections of its own: what is watched meanwhile is
 * not touched, and nothing is kept. Never throws: what went wrong is in the result, in words.
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
    const reading = await reader.readHealth(edge, deadlineMs);
    return resultOf(edge, reading, reader.engineOf(edge.id)?.engineId ?? null);
  } finally {
    await reader.close();
  }
}

function resultOf(edge: Edge, reading: Reading, engineId: Buffer | null): TryResult {
  return {
    edgeName: edge.name,
    atMs: reading.finishedAtMs,
    tookMs: reading.finishedMonotonicMs - reading.startedMonotonicMs,
    snmp: told(reading.snmp, (snmp) => ({
      engine: engineId === null ? null : engineId.toString('hex'),
      systemName: snmp.reportedName,
      description: snmp.description,
      uptimeMs: snmp.systemUptimeMs ?? snmp.agentUptimeMs,
      roles: snmp.roles,
      interfaces: interfacesOf(snmp),
      unreadable: snmp.unreadable ?? [],
    })),
    http: told(reading.http, ({ status, bodyBytes, bodyAsExpected }) => ({
      status,
      bodyBytes,
      asExpected: bodyAsExpected,
    })),
    tcp: told(reading.tcp, () => ({})),
  };
}

type Told<R> =
  | ({ outcome: 'answered'; latencyMs: number } & R)
  | { outcome: 'failed'; latencyMs: number; words: string }
  | { outcome: 'not-asked' };

function told<T, R extends object>(result: SourceResult<T>, words: (value: T) => R): Told<R> {
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

function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
