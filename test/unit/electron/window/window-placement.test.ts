import { describe, expect, it } from 'vitest';
import { placeWindow, rescuedBounds } from '../../../../electron/window/window-placement';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };

describe('where the window opens', () => {
  it('is 1440 by 900 and centred the first time', () => {
    expect(placeWindow(null, [screen])).toEqual({ width: 1440, height: 900 });
  });

  it('is where it was left', () => {
    const saved = { x: 2000, y: 40, width: 1200, height: 800, maximized: false };
    const second = { x: 1920, y: 0, width: 1920, height: 1080 };
    expect(placeWindow(saved, [screen, second])).toEqual({ x: 2000, y: 40, width: 1200, height: 800 });
  });

  it('comes back to a screen that is there when the one it was on is gone', () => {
    const saved = { x: 2000, y: 40, width: 1200, height: 800, maximized: false };
    expect(placeWindow(saved, [screen])).toEqual({ width: 1200, height: 800 });
  });

  it('is never smaller than it can be used', () => {
    const saved = { x: 10, y: 10, width: 300, height: 200, maximized: false };
    expect(placeWindow(saved, [screen])).toEqual({ x: 10, y: 10, width: 1024, height: 640 });
  });
});

describe('a window whose screen is unplugged', () => {
  const second = { x: 1920, y: 0, width: 2560, height: 1440 };
  const window = { x: 2000, y: 40, width: 2200, height: 1300 };

  it('is moved to the middle of the one that is left, no larger than it', () => {
    expect(rescuedBounds(window, [screen, second], screen)).toBeNull();
    expect(rescuedBounds(window, [screen], screen)).toEqual(screen);
    expect(rescuedBounds({ ...window, width: 1200, height: 800 }, [screen], screen)).toEqual({
      x: 360,
      y: 140,
      width: 1200,
      height: 800,
    });
  });

  it('stays where it is while there is no screen at all', () => {
    expect(rescuedBounds(window, [], screen)).toBeNull();
  });
});
