import { isLoopback } from '../../domain/inventory/ipv4';
import type { Clock } from '../base/clock';
import type { PathProbe, ProbeAnswer, ProbedGateway, ProbedService } from './path-probe';

/** How long the result of a check counts. */
const checkedForMs = 60_000;
/** Nothing waits for a check, so it can wait for a slow interceptor. */
const checkTimeoutMs = 2_000;

interface Check {
  isIntercepted: boolean | null;
  dueMs: number;
}

/**
 * A transparent proxy, a firewall with a SYN proxy or a captive portal accepts connections to every address, whether anything is there or
 * not. The address of the subnet itself is never a host's: whoever answers for it answers for the cluster IP, too, so that such an answer
 * says nothing about the cluster.
 */
export class InterceptedProbe implements PathProbe {
  readonly #checks = new Map<string, Check>();

  constructor(
    private readonly probe: PathProbe,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
  ) {}

  async service(service: ProbedService, timeoutMs: number): Promise<ProbeAnswer> {
    const { kind, address, port, path, nobody } = service;
    if (isLoopback(address)) return this.probe.service(service, timeoutMs);
    const check = (): Promise<ProbeAnswer> =>
      this.probe.service({ ...service, address: nobody }, checkTimeoutMs);
    const isIntercepted = this.#isIntercepted(`${kind} ${nobody} ${port} ${path}`, check);
    return believed(await this.probe.service(service, timeoutMs), isIntercepted());
  }

  async gateway(gateway: ProbedGateway, timeoutMs: number): Promise<ProbeAnswer> {
    const { address, nobody } = gateway;
    if (isLoopback(address)) return this.probe.gateway(gateway, timeoutMs);
    const check = (): Promise<ProbeAnswer> =>
      this.probe.gateway({ ...gateway, address: nobody }, checkTimeoutMs);
    const isIntercepted = this.#isIntercepted(`gateway ${nobody}`, check);
    return believed(await this.probe.gateway(gateway, timeoutMs), isIntercepted());
  }

  /** Starts a check when one is due; the result of the latest one, null before the first. */
  #isIntercepted(key: string, ask: () => Promise<ProbeAnswer>): () => boolean | null {
    const check = this.#checks.get(key) ?? { isIntercepted: null, dueMs: -Infinity };
    this.#checks.set(key, check);
    const nowMs = this.clock.monotonicMs();
    if (nowMs >= check.dueMs) {
      check.dueMs = nowMs + checkedForMs;
      void ask().then(({ outcome }) => {
        check.isIntercepted = outcome === 'answered';
      });
    }
    return () => check.isIntercepted;
  }
}

function believed(answer: ProbeAnswer, isIntercepted: boolean | null): ProbeAnswer {
  if (answer.outcome !== 'answered' || isIntercepted === false) return answer;
  if (isIntercepted === null) return { outcome: 'not-tried', words: 'not checked yet who answers' };
  return { outcome: 'intercepted', words: 'something on the way answers for every address' };
}
