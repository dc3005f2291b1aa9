/** RFC 3414 section 2.2.3: an authentic message may be this far off. */
const timeWindowSeconds = 150;
/** snmpEngineTime's largest value (RFC 3414 section 2.2.2). */
const maxTime = 2 ** 31 - 1;

/** The local notion of the clock of an agent's engine (RFC 3414 section 2.3). */
export class EngineClock {
  private base = 0;
  private atMs = 0;
  private currentBoots = 0;

  constructor(
    readonly engineId: Buffer,
    boots: number,
    time: number,
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
