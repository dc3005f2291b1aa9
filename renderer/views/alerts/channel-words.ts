import type { ChannelStatus, NoticeDelivery } from '../../../domain/model/channel-status';
import { plural } from '../../../domain/words/amount';
import { coarseDuration } from '../../../domain/words/duration';

/** How often the state of channels is read while it is shown. */
export const channelsRefreshMs = 5_000;

/** How a channel is doing, in a word or two: "3 not sent", "1 waits", "ok". */
export function channelWord({ state, failed, waiting }: ChannelStatus): string {
  if (failed > 0) return `${failed} not sent`;
  if (state === 'retrying') return `${waiting} ${waiting === 1 ? 'waits' : 'wait'}`;
  return { unused: 'not used yet', working: 'ok', failing: 'failing' }[state];
}

/** The one line about channels that fail; null: none does. */
export function failingChannelsWords(channels: readonly ChannelStatus[]): string | null {
  const failing = channels.filter(({ state }) => state === 'failing' || state === 'retrying');
  const [first] = failing;
  if (!first) return null;
  const failed = failing.reduce((sum, one) => sum + one.failed, 0);
  const waiting = failing.reduce((sum, one) => sum + one.waiting, 0);
  const lost = [
    ...(failed > 0 ? [`${plural(failed, 'notice')} not sent`] : []),
    ...(waiting > 0 ? [`${waiting} being retried`] : []),
  ].join(', ');
  const names = failing.length === 1 ? `Channel ${first.name} fails` : `${failing.length} channels fail`;
  return `${names}${lost === '' ? '' : `: ${lost}`}.`;
}

/** What became of a notice on one channel: a word, and the reason. */
export function deliveryWords(
  { state, tries, nextTryMs, words, where }: NoticeDelivery,
  atMs: number,
): { word: string; why: string } {
  switch (state) {
    case 'delivered':
      return words === null ? { word: 'Delivered', why: where } : { word: 'In part', why: words };
    case 'waiting':
      return { word: 'Waiting', why: words ?? 'for its turn, or the end of quiet hours' };
    case 'retrying': {
      const next = nextTryMs === null ? '' : `, next in ${coarseDuration(nextTryMs - atMs)}`;
      return { word: 'Retrying', why: `${words ?? where}, try ${tries}${next}` };
    }
    case 'failed':
      return { word: 'Failed', why: words ?? where };
    case 'none':
      return { word: 'Not sent', why: 'the channel leaves such alerts out' };
  }
}
