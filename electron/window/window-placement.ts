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
  const reachable = screens.some(
    (screen) =>
      saved.x + gripPixels <= screen.x + screen.width &&
      saved.x + size.width - gripPixels >= screen.x &&
      saved.y >= screen.y &&
      saved.y + gripPixels <= screen.y + screen.height,
  );
  return reachable ? { ...size, x: saved.x, y: saved.y } : size;
}
