import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTimeStore } from '../../../../../renderer/state/time/time';
import { useZoomStore } from '../../../../../renderer/state/time/zoom';
import { FakeBridge } from '../../../../fixtures/fake-bridge/fake-bridge';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';

const minute = 60_000;

describe('zooming the one window of time', () => {
  const now = Date.now();
  beforeEach(() => {
    setActivePinia(createPinia());
    stubPage(new FakeBridge('states', now, () => now));
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('shows the chosen span, and goes back step by step to live', () => {
    const [time, zoom] = [useTimeStore(), useZoomStore()];
    zoom.to({ fromMs: now - 20 * minute, toMs: now - 10 * minute });
    expect([time.travelMs, time.windowMs]).toEqual([now - 10 * minute, 10 * minute]);
    zoom.to({ fromMs: now - 14 * minute, toMs: now - 12 * minute });
    expect([time.travelMs, time.windowMs]).toEqual([now - 12 * minute, 2 * minute]);
    expect(zoom.zoomed).toBe(true);
    expect(zoom.back()).toBe(true);
    expect([time.travelMs, time.windowMs]).toEqual([now - 10 * minute, 10 * minute]);
    expect(zoom.back()).toBe(true);
    expect([time.live, time.windowMs]).toEqual([true, 30 * minute]);
    expect(zoom.back()).toBe(false);
  });

  it('shows ten seconds at least', () => {
    const [time, zoom] = [useTimeStore(), useZoomStore()];
    zoom.to({ fromMs: now - minute, toMs: now - minute + 1000 });
    expect([time.travelMs, time.windowMs]).toEqual([now - minute + 5500, 10_000]);
  });

  it('keeps the T a person has gone to since', () => {
    const [time, zoom] = [useTimeStore(), useZoomStore()];
    zoom.to({ fromMs: now - 20 * minute, toMs: now - 10 * minute });
    time.travelTo(now - 40 * minute);
    expect(zoom.back()).toBe(true);
    expect([time.travelMs, time.windowMs]).toEqual([now - 40 * minute, 30 * minute]);
  });

  it('forgets its steps where another length was chosen, and then shows more of the time', () => {
    const [time, zoom] = [useTimeStore(), useZoomStore()];
    zoom.to({ fromMs: now - 20 * minute, toMs: now - 10 * minute });
    time.windowMs = 120 * minute;
    expect(zoom.zoomed).toBe(false);
    zoom.out();
    expect(time.windowMs).toBe(360 * minute);
    expect(zoom.back()).toBe(false);
  });

  it('goes closer by keys and stays live', () => {
    const [time, zoom] = [useTimeStore(), useZoomStore()];
    zoom.closer();
    expect([time.live, time.windowMs]).toEqual([true, 5 * minute]);
    zoom.out();
    expect([time.live, time.windowMs]).toEqual([true, 30 * minute]);
  });
});
