import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reloadWithoutScript } from '../../../../renderer/shell/missing-script';

describe('a view whose script is missing', () => {
  const page = new EventTarget();
  const reload = vi.fn();
  const stored = new Map<string, string>();

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 24), toFake: ['Date'] });
    vi.stubGlobal('window', page);
    vi.stubGlobal('location', { reload });
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('loads the page anew, at most once a minute', () => {
    reloadWithoutScript();
    const miss = (): boolean => page.dispatchEvent(new Event('vite:preloadError'));
    expect(reload).not.toHaveBeenCalled();
    miss();
    miss();
    expect(reload).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(60_000);
    miss();
    expect(reload).toHaveBeenCalledTimes(2);
  });
});
