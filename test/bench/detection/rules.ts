/** What the judge holds Heron to. Durations in milliseconds. */
export interface JudgeRules {
  /** What is true must be printed within so long. */
  deadlineMs: number;
  /** An LB that was the only master for less long than this may go unseen: two role polls. */
  mustSeeMs: number;
  /** Two masters for longer than this are a split brain: CARP itself shows two for 1 to 2 s. */
  splitMs: number;
  /** A split brain this much longer than that must have been seen; a shorter one may have been. */
  splitMarginMs: number;
  /** No master for longer than this is no take-over: three advertisements of 1 s and a whole skew (carp(4)). */
  takeOverMs: number;
  /** No master this much longer than that must have been seen; a shorter time may have been. */
  noActiveMarginMs: number;
  /** Printed times are whole milliseconds. */
  toleranceMs: number;
}

export const defaultRules: JudgeRules = {
  deadlineMs: 10_000,
  mustSeeMs: 2_000,
  splitMs: 3_000,
  splitMarginMs: 3_000,
  takeOverMs: 4_000,
  noActiveMarginMs: 5_000,
  toleranceMs: 1,
};
