import { describe, expect, it } from 'vitest';
import { deepLinkSchema, deepLinkText, parseDeepLink } from '../../../domain/model/deep-link';
import { pageOf } from '../../../electron/window/link-page';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, mutate } from '../../fixtures/fuzz/mutate';
import { pick, strangeValue, type Dice } from '../../fixtures/fuzz/mutate-json';
import { runFuzz } from '../../fixtures/fuzz/run-fuzz';

const genuine = [
  'heron://cluster/frankfurt-1?t=2026-11-22T14:02:13Z',
  'heron://cluster/edge:7',
  'heron://incident/42',
  'heron://timeline?from=2026-11-22T14:00:00Z&to=2026-11-22T15:00:00.000+01:00',
  'heron://wall',
  'heron://wall/',
  'heron://cluster/%41%2e-_?t=2026-11-22T14%3A02%3A13Z#part',
];

function mutated(dice: Dice): string {
  const link = pick(genuine, dice);
  const roll = dice();
  if (roll < 0.6) return mutate(Buffer.from(link), dice).toString(roll < 0.3 ? 'utf8' : 'latin1');
  const parts = link.split(/(?<=[/?&=])/);
  parts[Math.floor(dice() * parts.length)] = String(textOf(strangeValue(dice)));
  return parts.join('');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

describe('mutated heron:// links', () => {
  it(
    'are refused, or lead to a page of the window and nowhere else',
    async () => {
      let accepted = 0;
      let unvalidated = 0;
      const inputs = fuzzInputs(fuzzShares.links);
      await runFuzz({ target: 'links', inputs, stream: 92, unvalidated: () => unvalidated }, (dice) => {
        const link = parseDeepLink(mutated(dice));
        if (link === null) return;
        accepted += 1;
        // What a second instance would refuse must not come from the first one's command line either.
        if (!deepLinkSchema.safeParse(link).success) unvalidated += 1;
        const page = pageOf(link);
        if (
          !/^\/#\/(cluster\/[\w%.:!~*'()-]+(\?t=\d+)?|incident\/\d+|timeline\?from=\d+&to=\d+|wall)$/.test(
            page,
          )
        )
          throw new Error(`It leads to ${page}.`);
        if (link.to !== 'wall' && JSON.stringify(parseDeepLink(deepLinkText(link))) !== JSON.stringify(link))
          throw new Error(`As text it is another link: ${deepLinkText(link)}.`);
      });
      expect(unvalidated).toBe(0);
      expect(accepted).toBeGreaterThan(inputs / 100);
    },
    fuzzDeadlineMs,
  );
});
