import { nativeImage, type NativeImage } from 'electron';
import { healthStates, type Health } from '../../domain/model/health';
import marks from './tray-marks.png?inline';

const cellPx = 32;
const mostCounted = 9;
/** The columns of tray-marks.png (build/icons/make-tray-marks.mjs); the last one is for nothing that is monitored. */
const columns: readonly Health[] = healthStates.filter((state) => state !== 'not-applicable');

/** Where the image of a state and a count is in tray-marks.png, pixels. From 10 on the count is "+". */
export function trayCell(worst: Health | null, count: number): { x: number; y: number } {
  const column = columns.indexOf(worst ?? 'disabled');
  const row = Math.min(count, mostCounted + 1);
  return { x: (column < 0 ? columns.length - 1 : column) * cellPx, y: row * cellPx };
}

/** The tray icon: the mark of the worst state, as in the window, and how many alerts are unacknowledged. */
export function trayImage(worst: Health | null, count: number): NativeImage {
  const all = nativeImage.createFromDataURL(marks);
  const cell = all.crop({ ...trayCell(worst, count), width: cellPx, height: cellPx });
  // The menu bar of macOS is 22 points high and does not scale images.
  return process.platform === 'darwin'
    ? nativeImage.createFromBuffer(cell.toPNG(), { scaleFactor: 2 })
    : cell;
}
