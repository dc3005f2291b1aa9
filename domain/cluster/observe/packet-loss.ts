import { thresholds } from '../../model/thresholds';
/** How many recent polls of an answering LB were lost on the way. Decayed counts. */
export interface PacketLoss {
  polls: number;
  lost: number;
}

/** Starts as if 20 polls had been answered, so that a few losses mean little. */
export const noLoss: PacketLoss = { polls: 20, lost: 0 };

/** Applies an answer that came after `unanswered` polls without one. */
export function observeAnswer({ polls, lost }: PacketLoss, unanswered: number): PacketLoss {
  const counted = unanswered < thresholds.maxPacketLossRun ? unanswered : 0;
  return {
    polls: polls * thresholds.packetLossDecay + counted + 1,
    lost: lost * thresholds.packetLossDecay + counted,
  };
}

/** How many consecutive polls have to be unanswered before thresholds.packetLossChance is an unlikely explanation. */
export function pollsOfSilence({ polls, lost }: PacketLoss): number {
  if (lost === 0) return 1;
  return Math.min(
    thresholds.maxPacketLossRun,
    Math.ceil(Math.log(thresholds.packetLossChance) / Math.log(lost / polls)),
  );
}
