// A second preload script for one test: what a page could send if it had taken over its renderer.
const { contextBridge, ipcRenderer } = require('electron');

const kinds = ['handle', 'request', 'constructor', '__proto__', 'toString'];

/** Mulberry32, as the other fuzz tests have it. */
function random(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function strange(dice) {
  const pick = (of) => of[Math.floor(dice() * of.length)];
  const cyclic = { name: 'app.about' };
  cyclic.self = cyclic;
  return pick([
    () => cyclic,
    () => new Map([['name', 'app.about']]),
    () => new Set([1]),
    () => new Date(NaN),
    () => 10n ** 40n,
    () => new ArrayBuffer(100_000),
    () => new Error('x'),
    () => /x/,
    () => undefined,
    () => null,
    () => NaN,
    () => 'x'.repeat(1_000_000),
    () => '['.repeat(50_000),
    () => `{"name":"${pick(kinds)}"}`,
    () => '{"name":"app.about","args":{"__proto__":{"x":1}}}',
    () => Array.from({ length: 1_000 }, () => '{"name":"app.about"}'),
    () => Object.create(null),
    () => () => 1,
    () => Symbol('x'),
  ])();
}

/** Sends so many; resolves to how each ended: answered, refused in words, rejected, not sent. */
async function send(seed, count, texts) {
  const dice = random(seed);
  const ends = { answered: 0, refused: 0, rejected: 0, notSent: 0, faults: [] };
  for (let sent = 0; sent < count; sent += 1) {
    const roll = dice();
    const own = roll < 0.9;
    const channel = own ? 'heron:request' : `heron:${kinds[sent % kinds.length]}`;
    const args =
      roll < 0.6 ? [texts[sent % texts.length]] : [strange(dice), ...(roll < 0.65 ? [strange(dice)] : [])];
    let pending;
    try {
      if (roll > 0.97) ipcRenderer.send(channel, ...args);
      pending = ipcRenderer.invoke(channel, ...args);
    } catch {
      ends.notSent += 1;
      continue;
    }
    try {
      const reply = await pending;
      if (reply.ok) ends.answered += 1;
      else ends.refused += 1;
      if (!reply.ok && /fault of its own/.test(reply.failure.what))
        ends.faults.push(String(args[0]).slice(0, 500));
    } catch (fault) {
      // Electron itself refuses a channel without a handler, and what it cannot clone.
      if (own && !/could not be cloned/.test(String(fault))) ends.faults.push(String(fault).slice(0, 500));
      ends.rejected += 1;
    }
  }
  return ends;
}

contextBridge.exposeInMainWorld('sendRaw', send);
