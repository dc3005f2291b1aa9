import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({}));
const { Closing } = await import('../../../../electron/desk/closing');

function made({ canKeep = true, keeps = null as boolean | null } = {}) {
  const state = { keeps, quits: [] as string[], changes: 0, isVisible: true };
  let close: (event: { preventDefault(): void }) => void = () => undefined;
  const closing = new Closing({
    keeps: () => state.keeps,
    decide: (decided) => (state.keeps = decided),
    canKeep: () => canKeep,
    changed: () => (state.changes += 1),
    quit: (why) => state.quits.push(why),
  });
  const window = {
    on: (_name: string, listener: typeof close) => (close = listener),
    isVisible: () => state.isVisible,
    isFullScreen: () => false,
    hide: () => (state.isVisible = false),
  };
  closing.follow(window as never);
  /** Closes the window as a person does; false: it stays. */
  const tryToClose = (): boolean => {
    let isPrevented = false;
    close({ preventDefault: () => (isPrevented = true) });
    return !isPrevented;
  };
  return { state, closing, tryToClose };
}

describe('closing the window', () => {
  it('asks the first time, and the window stays', () => {
    const { state, closing, tryToClose } = made();
    expect(tryToClose()).toBe(false);
    expect(closing.asks).toBe(true);
    expect(state).toMatchObject({ isVisible: true, keeps: null, changes: 1 });
  });

  it('hides it once the person wants monitoring to go on, then and later', () => {
    const { state, closing, tryToClose } = made();
    tryToClose();
    closing.answer(true);
    expect(state).toMatchObject({ isVisible: false, keeps: true, quits: [] });
    expect(closing.asks).toBe(false);
    state.isVisible = true;
    expect(tryToClose()).toBe(false);
    expect(state.isVisible).toBe(false);
  });

  it('ends Heron once the person wants that, then and later', () => {
    const { state, closing, tryToClose } = made();
    tryToClose();
    closing.answer(false);
    expect(state).toMatchObject({ keeps: false, quits: ['Its window was closed.'] });
    expect(tryToClose()).toBe(true);
  });

  it('asks again after no answer', () => {
    const { state, closing, tryToClose } = made();
    tryToClose();
    closing.answer(null);
    expect(state).toMatchObject({ isVisible: true, keeps: null });
    expect(tryToClose()).toBe(false);
    expect(closing.asks).toBe(true);
  });

  it('hides a window whose page does not answer, at the second attempt', () => {
    const { state, closing, tryToClose } = made();
    tryToClose();
    expect(tryToClose()).toBe(false);
    expect(state).toMatchObject({ isVisible: false, keeps: null });
    expect(closing.asks).toBe(false);
  });

  it('closes it when nothing is monitored or Heron ends', () => {
    const { closing, tryToClose } = made({ canKeep: false, keeps: true });
    expect(tryToClose()).toBe(true);
    expect(closing.asks).toBe(false);
  });
});
