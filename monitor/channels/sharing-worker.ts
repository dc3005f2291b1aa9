import type { AlertService } from '../alerts/alert-service';
import type { Clock } from '../base/clock';
import { countFault } from '../log/guard';
import { DeliveryFailure } from './delivery-failure';
import type { DeliveryJournal } from './delivery-journal';
import { RepeatedWork } from './repeated-work';
import type { SilenceSharing } from './silence-sharing';

const intervalMs = 10_000;

export interface SharingWorkerOptions {
  name: string;
  sharing: Pick<SilenceSharing, 'synchronise'>;
  /** Null: no monitor runs. */
  alerts: () => AlertService | null;
  clock: Clock;
  journal: DeliveryJournal;
}

/** Shares silences and acknowledgements with one Alertmanager at an interval. */
export class SharingWorker {
  readonly #repeated: RepeatedWork;
  #hasFailed = false;

  constructor(private readonly options: SharingWorkerOptions) {
    this.#repeated = new RepeatedWork(options.clock, intervalMs, () => this.#synchronise());
  }

  start(): void {
    this.#repeated.start();
  }

  stop(): Promise<void> {
    return this.#repeated.stop();
  }

  async #synchronise(): Promise<void> {
    const { name, sharing, alerts, clock, journal } = this.options;
    const service = alerts();
    if (service === null) return;
    try {
      await sharing.synchronise(service);
      // Only the end of a failure: a success is a delivery.
      if (this.#hasFailed) journal.succeeded(name, clock.nowMs());
      this.#hasFailed = false;
    } catch (fault) {
      if (!(fault instanceof DeliveryFailure)) countFault('channel silences', fault);
      const words = fault instanceof DeliveryFailure ? fault.words : 'an error in Heron prevented it';
      journal.failed(name, clock.nowMs(), `silences are not shared: ${words}`);
      this.#hasFailed = true;
    }
  }
}
