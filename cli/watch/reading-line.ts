import type { InterfaceReading, Reading, SourceResult } from '../../domain/model/reading';

/** A reading as printed. */
export type ReadingLine = Record<string, unknown>;

/**
 * The result of one poll, by source, as printable JSON. Counters are decimal texts: 64 bits do not fit a JSON number. Null: the
 * agent does not offer the object. A source that did not answer has the reason instead.
 */
export function readingLine({ startedAtMs, finishedAtMs, snmp, http, tcp }: Reading): ReadingLine {
  return {
    startedAt: new Date(startedAtMs).toISOString(),
    finishedAt: new Date(finishedAtMs).toISOString(),
    snmp: outcome(snmp, ({ roleOnly: _roleOnly, tcpEstablished, interfaces, ...value }) => ({
      ...value,
      sessions: tcpEstablished,
      interfaces: interfaces.map(interfaceLine),
    })),
    http: outcome(http, (value) => value),
    tcp: outcome(tcp, (value) => value),
  };
}

function outcome<T>(result: SourceResult<T>, values: (value: T) => object): object | null {
  switch (result.outcome) {
    case 'answered':
      return { answered: true, latencyMs: Math.round(result.latencyMs * 10) / 10, ...values(result.value) };
    case 'unreachable':
      return { answered: false, code: result.code, words: result.words };
    case 'not-asked':
      return null;
  }
}

function interfaceLine({ inOctets, outOctets, ...rest }: InterfaceReading): object {
  return { ...rest, inOctets: inOctets?.toString() ?? null, outOctets: outOctets?.toString() ?? null };
}
