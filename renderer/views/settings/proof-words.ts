import { ago } from '../../../domain/words/duration';
import { count, plural } from '../../../domain/words/amount';
import type { RequestResult } from '../../../domain/contract/contract';
import type { Health } from '../../../domain/model/health';
import type { AnchorStanding, HistoryProofStatus } from '../../../domain/model/snapshot';
import { shortMoment, zoneName, type TimeZoneChoice } from '../../../domain/words/clock';

/** One fact of the proof, in one or more lines. */
export interface ProofFact {
  label: string;
  lines: Line[];
}

interface Line {
  words: string;
  aside: string;
  mono: boolean;
}

/** Whether current records are signed: a word, a mark, its meaning and what to do. */
export function proofHead(status: HistoryProofStatus | null): {
  health: Health;
  word: string;
  words: string;
  tip: string;
} {
  if (status === null)
    return {
      health: 'unknown',
      word: 'Not being signed.',
      words: 'The ledger lists earlier signatures.',
      tip: 'Anyone who can write the file could recreate it. Keep an anchor elsewhere.',
    };
  const heads = {
    signed: {
      health: 'up',
      word: 'Signed.',
      tip: 'Each seal is signed by this computer’s key. An anchor kept elsewhere also proves that no records were cut off.',
    },
    unsigned: {
      health: 'unknown',
      word: 'Sealed, not signed.',
      tip: 'Start a keychain and restart Heron; until then keep an anchor elsewhere.',
    },
    failing: {
      health: 'degraded',
      word: 'Signing or anchoring failed.',
      tip: 'Recording continues, and Heron retries every minute. See the error for the cause.',
    },
  } as const;
  return { ...heads[status.state], words: status.state === 'signed' ? '' : status.words };
}

/** The state of the ledger, as labelled facts. */
export function proofFacts(
  standing: RequestResult<'proof.standing'>,
  nowMs: number,
  zone: TimeZoneChoice,
): ProofFact[] {
  const { lastSeal, lastSignature, keys, seals, lastEventId } = standing;
  const moment = (ms: number): string => `${shortMoment(ms, nowMs, zone)} ${zoneName(zone)}`;
  // The seal of an incident file can cover events that were left out of it.
  const since = lastSeal === null ? lastEventId : Math.max(0, lastEventId - lastSeal.eventId);
  return [
    {
      label: 'Sealed up to',
      lines: [
        lastSeal === null
          ? line('nothing yet', 'first seal within the hour')
          : line(
              moment(lastSeal.atMs),
              `${ago(nowMs - lastSeal.atMs)}, event ${count(lastSeal.eventId)}; ${plural(since, 'event')} since`,
            ),
      ],
    },
    {
      label: 'Last seal',
      lines: [
        line(
          lastSeal === null ? 'none' : `ledger row ${count(lastSeal.ledgerId)}`,
          `${plural(seals, 'seal')} in total`,
        ),
      ],
    },
    {
      label: 'Last signature',
      lines: [
        lastSignature === null
          ? line('none')
          : line(
              moment(lastSignature.atMs),
              `${ago(nowMs - lastSignature.atMs)}, event ${count(lastSignature.eventId)}`,
            ),
      ],
    },
    {
      label: keys.length > 1 ? 'Keys' : 'Key',
      lines:
        keys.length === 0
          ? [line('none')]
          : keys.map((key) =>
              line(key.fingerprint, `since ${moment(key.sinceMs)}${vouchedWords(key.vouched)}`, true),
            ),
    },
  ];
}

/** The last anchor of each place. `anchors`: null while no history is being written. */
export function anchorFact(
  anchors: readonly AnchorStanding[] | null,
  demo: boolean,
  nowMs: number,
  zone: TimeZoneChoice,
): ProofFact {
  const label = 'Last anchor';
  if (anchors === null)
    return { label, lines: [line('unknown', 'only known where the history is recorded')] };
  if (anchors.length > 0) return { label, lines: anchors.map(lineOf) };
  const advice = demo
    ? 'demo history is not anchored'
    : 'export one, or name a place in anchors.json in the data folder and restart Heron';
  return { label, lines: [line('not kept automatically', advice)] };

  function lineOf({ where, keptMs, failure }: AnchorStanding): Line {
    const kept =
      keptMs === null
        ? 'none since Heron started'
        : `${shortMoment(keptMs, nowMs, zone)} ${zoneName(zone)}, ${ago(nowMs - keptMs)}`;
    return line(where, failure === null ? kept : `${kept}; the latest one failed: ${failure}`);
  }
}

function line(words: string, aside = '', mono = false): Line {
  return { words, aside, mono };
}

function vouchedWords(vouched: boolean | null): string {
  if (vouched === null) return '';
  return vouched ? ', signed by the previous key' : ', not signed by a previous key';
}
