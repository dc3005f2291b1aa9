import { describe, expect, it } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { useLatest } from '../../../../renderer/bridge/use-latest';

/** A question whose answers come when the test says so. */
function questions() {
  const wanted = ref<string | null>('a');
  const subject = ref('fra-01');
  const open: { of: string | null; answer(text: string): void; refuse(why: Error): void }[] = [];
  const scope = effectScope();
  const latest = scope.run(() =>
    useLatest<string>({
      wanted: () => wanted.value,
      subject: () => subject.value,
      ask: () =>
        new Promise((answer, refuse) => {
          open.push({ of: wanted.value, answer, refuse });
        }),
      where: 'a test',
    }),
  )!;
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await nextTick();
  };
  return { wanted, subject, open, latest, settled };
}

describe('the latest answer', () => {
  it('is of what is wanted now: what was asked before is let go, and asked anew', async () => {
    const { wanted, open, latest, settled } = questions();
    wanted.value = 'b';
    await settled();
    expect(open.map(({ of }) => of)).toEqual(['a']);
    open[0]?.answer('of a');
    await settled();
    expect(latest.answer.value).toBeNull();
    expect(open.map(({ of }) => of)).toEqual(['a', 'b']);
    open[1]?.answer('of b');
    await settled();
    expect(latest.answer.value).toBe('of b');
  });

  it('stays while a newer one of the same subject is on its way, and goes with the subject', async () => {
    const { wanted, subject, open, latest, settled } = questions();
    open[0]?.answer('of a');
    await settled();
    wanted.value = 'b';
    await settled();
    expect(latest.answer.value).toBe('of a');
    subject.value = 'ams-01';
    expect(latest.answer.value).toBeNull();
  });

  it('fails in words for what is wanted only', async () => {
    const { wanted, open, latest, settled } = questions();
    wanted.value = 'b';
    await settled();
    open[0]?.refuse(new Error('a cannot be read'));
    await settled();
    expect(latest.failure.value).toBeNull();
    open[1]?.refuse(new Error('b cannot be read'));
    await settled();
    expect(latest.failure.value).toMatchObject({ what: 'b cannot be read', where: 'a test' });
    void latest.again();
    open[2]?.answer('of b');
    await settled();
    expect(latest.failure.value).toBeNull();
  });

  it('is not asked for where nothing is wanted', async () => {
    const { wanted, open, settled } = questions();
    open[0]?.answer('of a');
    await settled();
    wanted.value = null;
    await settled();
    expect(open).toHaveLength(1);
  });
});
