import { request } from 'node:http';
import { connect, isIP } from 'node:net';
import { isLoopback } from '../../domain/inventory/ipv4';
import { formatWait, networkError } from '../base/network-errors';
import type { HostNetwork } from '../host/host-network';
import type { PathProbe, ProbeAnswer, ProbedGateway, ProbedService } from './path-probe';

/** Discard (RFC 863): closed nearly everywhere, so that a gateway refuses it, and nobody takes it for an attack on a service. */
const gatewayPort = 9;
/** A health page's headers are far smaller. */
const maxHeaderBytes = 8 * 1024;

/** `isClosed`: the system at the address refused the connection. */
interface RawAnswer extends ProbeAnswer {
  isClosed?: boolean;
}

/** Probes by TCP and HTTP from this computer. Each probe has a connection of its own, which is reset at once. */
export class NetworkPathProbe implements PathProbe {
  constructor(private readonly network: Pick<HostNetwork, 'interfaces'>) {}

  async service(service: ProbedService, timeoutMs: number): Promise<ProbeAnswer> {
    const where = placeOf(service.address, service.port);
    const answer = await (service.kind === 'http'
      ? pageAnswers(service, where, timeoutMs)
      : portAnswers(service.address, service.port, where, timeoutMs));
    return this.#unlessOwn(service.address, answer);
  }

  async gateway({ address }: ProbedGateway, timeoutMs: number): Promise<ProbeAnswer> {
    const where = placeOf(address, gatewayPort);
    const answer = await portAnswers(address, gatewayPort, where, timeoutMs);
    const { outcome, words } = this.#unlessOwn(address, answer);
    return { outcome: outcome === 'refused' ? 'answered' : outcome, words };
  }

  /** Where the address is one of this computer's own, its own refusal says nothing about a cluster. */
  #unlessOwn(address: string, { outcome, words, isClosed = false }: RawAnswer): ProbeAnswer {
    if (!isClosed || !this.isOwn(address)) return { outcome, words };
    return {
      outcome: 'failed',
      words: `${address} is an address of this computer, and nothing listens there`,
    };
  }

  protected isOwn(address: string): boolean {
    if (isLoopback(address)) return true;
    return this.network.interfaces()?.some(({ addresses }) => addresses.includes(address)) ?? false;
  }
}

function placeOf(address: string, port: number): string {
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

function portAnswers(host: string, port: number, where: string, timeoutMs: number): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const timer = setTimeout(() => done(timedOut(where, timeoutMs)), timeoutMs);
    const done = (answer: RawAnswer): void => {
      clearTimeout(timer);
      // A reset waits for the connection, and that takes two minutes where nothing answers.
      if (socket.connecting) socket.destroy();
      else socket.resetAndDestroy();
      resolve(answer);
    };
    socket.once('connect', () => done({ outcome: 'answered', words: `${where} accepts connections` }));
    // It stays: a socket that is reset may report that, too.
    socket.on('error', (error) => done(failureOf(error, where)));
  });
}

/** An answer to the request is enough: the page itself is not read. */
function pageAnswers(
  { address, port, path }: ProbedService,
  where: string,
  timeoutMs: number,
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const asked = request({
      host: address,
      port,
      path,
      agent: false,
      maxHeaderSize: maxHeaderBytes,
      headers: { accept: '*/*', 'user-agent': 'heron' },
    });
    const timer = setTimeout(() => done(timedOut(where, timeoutMs)), timeoutMs);
    const done = (answer: RawAnswer): void => {
      clearTimeout(timer);
      asked.destroy();
      resolve(answer);
    };
    asked.once('response', ({ statusCode = 0 }) => {
      const outcome = statusCode >= 200 && statusCode < 400 ? 'answered' : 'refused';
      done({ outcome, words: `${where} answers HTTP ${statusCode}` });
    });
    asked.on('error', (error) => done(failureOf(error, where)));
    asked.end();
  });
}

function timedOut(where: string, timeoutMs: number): ProbeAnswer {
  return { outcome: 'failed', words: `no answer from ${where} within ${formatWait(timeoutMs)}` };
}

function failureOf(error: Error, where: string): RawAnswer {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ECONNREFUSED')
    return { outcome: 'refused', words: `${where} refuses connections`, isClosed: true };
  const known = networkError(code, where);
  if (known) return { outcome: known.code === 'own-network' ? 'not-tried' : 'failed', words: known.words };
  if (code === 'ECONNRESET') return { outcome: 'refused', words: `${where} resets connections` };
  // The parser's own codes: something answers, and it is no HTTP.
  if (code.startsWith('HPE_'))
    return { outcome: 'refused', words: `${where} answers something that is not HTTP` };
  return { outcome: 'failed', words: `no answer from ${where}${code === '' ? '' : ` (${code})`}` };
}
