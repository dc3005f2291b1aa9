import type { Preferences } from '../settings/preferences';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const smallestWindow = { width: 1024, height: 640 };
const usualWindow = { width: 1440, height: 900 };
/** Least part of the window's width on a screen, so that it can be dragged; pixels. */
const gripPixels = 120;

/** Where to open the window: as saved if that is still on a screen, else centred (no x, y) in its usual size. */
export function placeWindow(
  saved: Preferences['window'],
  screens: Rectangle[],
): { width: number; height: number; x?: number; y?: number } {
  if (saved === null) return usualWindow;
  const size = {
    width: Math.max(saved.width, smallestWindow.width),
    height: Math.max(saved.height, smallestWindow.height),
  };
  return isReachable({ ...size, x: saved.x, y: saved.y }, screens)
    ? { ...size, x: saved.x, y: saved.y }
    : size;
}

/** Where to move a window that no screen shows any more: the middle of `primary`. Null: it can stay. */
export function rescuedBounds(
  bounds: Rectangle,
  screens: readonly Rectangle[],
  primary: Rectangle,
): Rectangle | null {
  if (screens.length === 0 || isReachable(bounds, screens)) return null;
  const width = Math.min(bounds.width, primary.width);
  const height = Math.min(bounds.height, primary.height);
  const x = Math.round(primary.x + (primary.width - width) / 2);
  const y = Math.round(primary.y + (primary.height - height) / 2);
  return { x, y, width, height };
}

/** Whether enough of a window is on a screen to drag it. */
function isReachable(window: Rectangle, screens: readonly Rectangle[]): boolean {
  return screens.some(
    (screen) =>
      window.x + gripPixels <= screen.x + screen.width &&
      window.x + window.width - gripPixels >= screen.x &&
      window.y >= screen.y &&
      window.y + gripPixels <= screen.y + screen.height,
  );
}
