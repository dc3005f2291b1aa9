import { describe, expect, it } from 'vitest';
import { Semaphore } from '../../../../monitor/base/semaphore';

describe('Semaphore', () => {
  it('lets in as many as it has places, then one for each that leaves, in order', async () => {
    const semaphore = new Semaphore(2);
    const inside: number[] = [];
    const enter = (id: number) =>
      semaphore.acquire(new AbortController().signal).then((leave) => (inside.push(id), leave));
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
    const semaphore = new Semaphore(1);
    const leave = await semaphore.acquire(new AbortController().signal);
    const impatient = new AbortController();
    const waiting = semaphore.acquire(impatient.signal);
    impatient.abort();
    await expect(waiting).rejects.toThrow();
    leave();
    await expect(semaphore.acquire(new AbortController().signal)).resolves.toBeTypeOf('function');
    await expect(semaphore.acquire(impatient.signal)).rejects.toThrow();
  });
});
