/** How many recent polls of an answering LB were lost on the way. Decayed counts. */
export interface PacketLoss {
  polls: number;
  lost: number;
}

/** Starts as if 20 polls had been answered, so that a few losses mean little. */
export const noLoss: PacketLoss = { polls: 20, lost: 0 };

/** The weight of a poll relative to the next one. */
const decay = 0.98;
/** This many consecutive unanswered polls are not lost packets: the LB was silent, which says nothing about the path. */
const maxConsecutive = 6;
/** Silence counts as lost packets while their probability exceeds this. */
const chance = 1e-4;

/** Applies an answer that came after `unanswered` polls without one. */
export function observeAnswer({ polls, lost }: PacketLoss, unanswered: number): PacketLoss {
  const counted = unanswered < maxConsecutive ? unanswered : 0;
  return { polls: polls * decay + counted + 1, lost: lost * decay + counted };
}

/** How many consecutive polls have to be unanswered before chance is an unlikely explanation. */
export function pollsOfSilence({ polls, lost }: PacketLoss): number {
  if (lost === 0) return 1;
  return Math.min(maxConsecutive, Math.ceil(Math.log(chance) / Math.log(lost / polls)));
}
