import { describe, expect, it } from 'vitest';
import { whyNotAnswered } from '../../../../electron/security/request-sender';

const home = 'heron-app://app';
const good = {
  sender: { id: 7 },
  senderFrame: { url: 'heron-app://app/index.html#/clusters', parent: null },
};

describe('whose requests are answered', () => {
  it('answers the main frame of the window, on its own page', () => {
    expect(whyNotAnswered(good, 7, home)).toBeNull();
  });

  it.each([
    ['another window', { ...good, sender: { id: 8 } }, /window/],
    ['no window at all', good, /window/],
    ['a frame that is gone', { ...good, senderFrame: null }, /gone/],
    ['a frame in the page', { ...good, senderFrame: { ...good.senderFrame, parent: {} } }, /inside the page/],
    ['a foreign page', { ...good, senderFrame: { url: 'https://app/', parent: null } }, /not Heron/],
    ['a foreign host', { ...good, senderFrame: { url: 'heron-app://app.evil/', parent: null } }, /not Heron/],
    ['a file', { ...good, senderFrame: { url: 'file:///app/index.html', parent: null } }, /not Heron/],
    ['an empty page', { ...good, senderFrame: { url: 'about:blank', parent: null } }, /not Heron/],
    ['no address', { ...good, senderFrame: { url: '', parent: null } }, /not Heron/],
  ])('does not answer %s', (what, from, words) => {
    expect(whyNotAnswered(from, what === 'no window at all' ? null : 7, home)).toMatch(words);
  });
});
