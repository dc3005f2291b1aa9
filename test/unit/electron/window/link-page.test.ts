import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDeepLink } from '../../../../domain/model/deep-link';
import { pageOf } from '../../../../electron/window/link-page';

describe('the page of a link', () => {
  it.each([
    ['heron://cluster/fra-02', '/#/cluster/fra-02'],
    ['heron://cluster/edge:7?t=2026-11-22T14:00:00Z', '/#/cluster/edge%3A7?t=1795356000000'],
    ['heron://incident/5', '/#/incident/5'],
    ['heron://wall', '/#/wall'],
    ['heron://timeline?from=1970-01-01T00:00:01Z&to=1970-01-01T00:00:02Z', '/#/timeline?from=1000&to=2000'],
  ])('%s is %s', (text, page) => {
    const link = parseDeepLink(text);
    expect(link && pageOf(link)).toBe(page);
  });

  it('is a view of the app, whatever was asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (where, query) => {
        for (const to of ['cluster', 'incident', 'timeline']) {
          const link = parseDeepLink(`heron://${to}/${where}?t=${query}`);
          if (link) expect(pageOf(link)).toMatch(/^\/#\/(cluster|incident|timeline)[/?][\w%:.=&?!~*'()-]*$/);
        }
      }),
    );
  });
});
