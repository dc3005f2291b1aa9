import { describe, expect, it } from 'vitest';
import { senderRefusal } from '../../../../electron/security/request-sender';

const home = 'heron-app://app';
const good = {
  sender: { id: 7 },
  senderFrame: { url: 'heron-app://app/index.html#/clusters', parent: null },
};

describe('the sender of a request', () => {
  it('may be the main frame of the window, on its own page', () => {
    expect(senderRefusal(good, 7, home)).toBeNull();
  });

  it.each([
    ['another window', { ...good, sender: { id: 8 } }, /window/],
    ['no window at all', good, /window/],
    ['a frame that no longer exists', { ...good, senderFrame: null }, /no longer exists/],
    ['a frame in the page', { ...good, senderFrame: { ...good.senderFrame, parent: {} } }, /inside the page/],
    ['a foreign page', { ...good, senderFrame: { url: 'https://app/', parent: null } }, /not Heron/],
    ['a foreign host', { ...good, senderFrame: { url: 'heron-app://app.evil/', parent: null } }, /not Heron/],
    ['a file', { ...good, senderFrame: { url: 'file:///app/index.html', parent: null } }, /not Heron/],
    ['an empty page', { ...good, senderFrame: { url: 'about:blank', parent: null } }, /not Heron/],
    ['no address', { ...good, senderFrame: { url: '', parent: null } }, /not Heron/],
  ])('may not be %s', (what, from, words) => {
    expect(senderRefusal(from, what === 'no window at all' ? null : 7, home)).toMatch(words);
  });
});
