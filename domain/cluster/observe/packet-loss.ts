/** How often polls of an LB that answers were lost on the way, of late. Decayed counts. */
export interface PacketLoss {
  polls: number;
  lost: number;
}

/** As if so many polls had been answered before: few losses say little. */
export const noLoss: PacketLoss = { polls: 20, lost: 0 };

/** An older poll counts by so much less than the next one. */
const decay = 0.98;
/** So many unanswered polls in a row are no lost packets: the LB was silent, and tells nothing about the way to it. */
const mostInARow = 6;
/** Silence is taken for lost packets as long as that is likelier than this. */
const chance = 1e-4;

/** Takes an answer in that came after so many unanswered polls. */
export function observeAnswer({ polls, lost }: PacketLoss, unanswered: number): PacketLoss {
  const counted = unanswered < mostInARow ? unanswered : 0;
  return { polls: polls * decay + counted + 1, lost: lost * decay + counted };
}

/** How many polls in a row must be lost before that is hardly chance any more. */
export function pollsOfSilence({ polls, lost }: PacketLoss): number {
  if (lost === 0) return 1;
  return Math.min(mostInARow, Math.ceil(Math.log(chance) / Math.log(lost / polls)));
}
