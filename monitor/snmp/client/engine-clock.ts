/** RFC 3414 section 2.2.3: an authentic message may be this far off. */
const timeWindowSeconds = 150;

/** An agent's engine and the local notion of its clock (RFC 3414 section 2.3). */
export class EngineClock {
  private base: number;
  private atMs: number;

  /** `time`: what the engine's clock showed just now, in seconds. */
  constructor(
    readonly engineId: Buffer,
    readonly boots: number,
    time: number,
  ) {
    this.base = time;
    this.atMs = performance.now();
  }

  /** What the engine's clock shows now, in seconds. */
  get time(): number {
    return this.base + Math.floor((performance.now() - this.atMs) / 1000);
  }

  /** Takes the time of an authentic answer; false when it is outside the window, which means that the agent restarted. */
  accept(boots: number, time: number): boolean {
    if (boots !== this.boots || Math.abs(time - this.time) > timeWindowSeconds) return false;
    if (time > this.base) {
      this.base = time;
      this.atMs = performance.now();
    }
    return true;
  }
}
