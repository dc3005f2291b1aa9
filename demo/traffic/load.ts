import type { RandomSource } from '../random/seed';

const dayMs = 86_400_000;

interface Wave {
  /** Share of the base, 0..1. */
  amplitude: number;
  periodMs: number;
  /** Radians at the epoch. */
  phase: number;
}

/**
 * The load of a cluster's users: bits per second of requests as a smooth, always positive function of time. A daily wave with its peak
 * at 14:00 local time carries shorter ones, so that a chart of ten minutes moves too. Sums of sines integrate exactly, so
 * counters do not depend on when they are read.
 */
export class UserLoad {
  private readonly waves: Wave[];

  /** `utcOffsetHours` times the day's peak; the waves' amplitudes and phases come from `random`. */
  constructor(
    readonly baseBitsPerSecond: number,
    utcOffsetHours: number,
    random: RandomSource,
  ) {
    const topMs = (14 - utcOffsetHours) * 3_600_000;
    const dayPhase = Math.PI / 2 - (2 * Math.PI * topMs) / dayMs;
    const shorter = [3_600_000 * 2.7, 600_000, 97_000, 23_000];
    const amplitudes = [0.08, 0.06, 0.04, 0.03];
    this.waves = [
      { amplitude: 0.45, periodMs: dayMs, phase: dayPhase },
      ...shorter.map((periodMs, i) => ({
        amplitude: (amplitudes[i] ?? 0) * (0.5 + 0.5 * random()),
        periodMs: periodMs * (0.8 + 0.4 * random()),
        phase: random() * 2 * Math.PI,
      })),
    ];
  }

  /** Bits per second of requests at a time (UTC milliseconds). */
  bitsPerSecondAt(atMs: number): number {
    let sum = 1;
    for (const wave of this.waves) sum += wave.amplitude * Math.sin(angle(wave, atMs));
    return this.baseBitsPerSecond * sum;
  }

  /** Octets of requests between two times (UTC milliseconds). */
  octetsBetween(fromMs: number, toMs: number): number {
    let integralMs = toMs - fromMs;
    for (const wave of this.waves) {
      const perMs = (2 * Math.PI) / wave.periodMs;
      integralMs += (wave.amplitude / perMs) * (Math.cos(angle(wave, fromMs)) - Math.cos(angle(wave, toMs)));
    }
    return Math.max(0, (this.baseBitsPerSecond * integralMs) / 8000);
  }
}

function angle(wave: Wave, atMs: number): number {
  return (2 * Math.PI * (atMs % wave.periodMs)) / wave.periodMs + wave.phase;
}
