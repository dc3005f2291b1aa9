import type { MetricsStatus } from '../../domain/contract/metrics';
import { RequestRefused } from '../../domain/contract/request-refused';
import { metricsAddressSchema } from '../../domain/metrics/metrics-address';
import type { Clock } from '../base/clock';
import { startMetricsServer, type MetricsServer } from '../metrics/metrics-server';
import type { MonitorMetrics } from '../metrics/monitor-metrics';
import type { PasswordStore } from '../secrets/password-store';

/** The name under which the token is stored. */
const tokenName = 'metrics/token';

export interface AppMetricsDependencies {
  metrics: MonitorMetrics;
  clock: Pick<Clock, 'monotonicMs'>;
  passwords: Pick<PasswordStore, 'get' | 'place' | 'put' | 'holdUntilClosing' | 'protects' | 'remove'>;
}

/** Offers the metrics of the app where the person chose to. */
export class AppMetrics {
  #address: string | null = null;
  #server: MetricsServer | null = null;
  #failure: string | null = null;
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(private readonly dependencies: AppMetricsDependencies) {}

  /** Offers them at an address, or nowhere. Never rejects: why it is not possible is in the status. */
  start(address: string | null): Promise<MetricsStatus> {
    const result = this.#lastChange.then(async () => {
      await this.#server?.stop();
      this.#server = null;
      this.#failure = null;
      this.#address = address;
      try {
        if (address !== null) this.#server = await this.#listen(address);
      } catch (fault) {
        if (!(fault instanceof RequestRefused)) throw fault;
        this.#failure = `${fault.failure.what} ${fault.failure.todo}`;
      }
      return this.status();
    });
    this.#lastChange = result.catch(() => undefined);
    return result;
  }

  /** Stores a token that was typed; empty: removes it. @throws RequestRefused */
  setToken(token: string): void {
    const { passwords } = this.dependencies;
    passwords.remove(tokenName);
    if (token === '') return;
    if (passwords.protects()) passwords.put(tokenName, token, false);
    else passwords.holdUntilClosing(tokenName, token);
  }

  status(): MetricsStatus {
    const hasToken = this.dependencies.passwords.place(tokenName) !== 'none';
    const address = this.#address;
    if (address === null) return { state: 'off', address, hasToken, words: 'No metrics are offered.' };
    if (this.#server === null) return { state: 'failed', address, hasToken, words: this.#failure ?? '' };
    const who = hasToken ? 'to those who have the token' : 'on this computer only';
    const words = `Offered at http://${this.#server.where}/metrics, ${who}.`;
    return { state: 'open', address, hasToken, words };
  }

  async stop(): Promise<void> {
    await this.start(null);
  }

  #listen(text: string): Promise<MetricsServer> {
    const { metrics, clock, passwords } = this.dependencies;
    const address = metricsAddressSchema.safeParse(text);
    if (!address.success)
      throw new RequestRefused({
        what: 'This is no address to listen at.',
        where: text,
        todo: 'Enter an address such as 127.0.0.1:9745, or a port.',
      });
    const isStored = passwords.place(tokenName) !== 'none';
    const token = isStored ? passwords.get(tokenName) : null;
    if (token?.found === false)
      throw new RequestRefused({
        what: `The token cannot be read: ${token.words}.`,
        where: text,
        todo: 'Enter it again.',
      });
    return startMetricsServer({
      address: address.data,
      token: token?.value ?? null,
      monotonicMs: () => clock.monotonicMs(),
      metrics: () => metrics.read(),
    });
  }
}
