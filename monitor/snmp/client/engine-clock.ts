/** RFC 3414 section 2.2.3: how far apart two notions of an engine's time may be, seconds. */
export const timeWindowSeconds = 150;
/** snmpEngineTime's largest value (RFC 3414 section 2.2.2). */
const maxTime = 2 ** 31 - 1;
/** snmpEngineBoots stays at its largest value for good: such an engine refuses all authenticated messages (RFC 3414 section 2.2.2). */
export const maxEngineBoots = 2 ** 31 - 1;

/** What is known of an engine's clock now: boots, and time in seconds. */
export interface EngineNotion {
  readonly engineId: Buffer;
  readonly boots: number;
  readonly time: number;
  /** Whether the clock comes from authenticated answers to requests of Heron's own, which nobody can replay. */
  readonly isAuthentic: boolean;
}

/** The local notion of the clock of an agent's engine (RFC 3414 section 2.3). */
export class EngineClock implements EngineNotion {
  private base = 0;
  private atMs = 0;
  private currentBoots = 0;

  constructor(
    readonly engineId: Buffer,
    boots: number,
    time: number,
    /** Whether the user's level of security signs messages. */
    readonly isAuthentic: boolean,
  ) {
    this.set(boots, time);
  }

  /** snmpEngineBoots. */
  get boots(): number {
    return this.currentBoots;
  }

  /** What the engine's clock shows now, in seconds. */
  get time(): number {
    return Math.min(maxTime, this.base + Math.floor((performance.now() - this.atMs) / 1000));
  }

  /** Adopts the engine's boots and time (seconds), whatever was known before. */
  set(boots: number, time: number): void {
    this.currentBoots = boots;
    this.base = time;
    this.atMs = performance.now();
  }

  /** Follows the time of an authentic response; false when it is outside the time window (RFC 3414 section 3.2 step 7b). */
  follow(boots: number, time: number): boolean {
    if (boots > this.currentBoots) {
      this.set(boots, time);
      return true;
    }
    if (boots < this.currentBoots || time < this.time - timeWindowSeconds) return false;
    if (time > this.base) this.set(boots, time);
    return true;
  }
}
