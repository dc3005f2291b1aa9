import { describe, expect, it } from 'vitest';
import { Turnstile } from '../../../../monitor/base/semaphore';

describe('Turnstile', () => {
  it('lets in as many as it has places, then one for each that leaves, in order', async () => {
    const turnstile = new Turnstile(2);
    const inside: number[] = [];
    const enter = (id: number) =>
      turnstile.enter(new AbortController().signal).then((leave) => (inside.push(id), leave));
    const first = await enter(1);
    await enter(2);
    const third = enter(3);
    const fourth = enter(4);
    await Promise.resolve();
    expect(inside).toEqual([1, 2]);
    first();
    first();
    (await third)();
    await fourth;
    expect(inside).toEqual([1, 2, 3, 4]);
  });

  it('does not keep a place for somebody whose time is over', async () => {
    const turnstile = new Turnstile(1);
    const leave = await turnstile.enter(new AbortController().signal);
    const impatient = new AbortController();
    const waiting = turnstile.enter(impatient.signal);
    impatient.abort();
    await expect(waiting).rejects.toThrow();
    leave();
    await expect(turnstile.enter(new AbortController().signal)).resolves.toBeTypeOf('function');
    await expect(turnstile.enter(impatient.signal)).rejects.toThrow();
  });
});
