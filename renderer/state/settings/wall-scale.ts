/** The pixel pitch that the wall's sizes are given for, millimetres: 55 inches at 1920 x 1080. */
const designPitchMm = 0.634;
const designPixels = { width: 1920, height: 1080 };
const inchMm = 25.4;
/** The least area in which the wall is laid out, pixels of the design. */
const leastArea = { width: 960, height: 540 };
/** Height of Inter's capitals, em. */
const capitalEm = 0.727;
/** The name of a healthy cluster, and the visual angle at which a known name can be read. */
const smallestNamePx = 21;
const readableArcMinutes = 10;

export interface WallScreen {
  /** CSS pixels of the whole screen. */
  width: number;
  height: number;
  /** Its diagonal; null: not known. */
  inches: number | null;
}

/** Pixels of the screen for one pixel of the wall's sizes, so that they are readable from three metres. */
export function wallScale({ width, height, inches }: WallScreen): number {
  const pixels = Math.hypot(width, height);
  const most = Math.max(1, Math.min(width / leastArea.width, height / leastArea.height));
  const wanted =
    inches === null
      ? Math.max(1, pixels / Math.hypot(designPixels.width, designPixels.height))
      : designPitchMm / ((inches * inchMm) / pixels);
  return Math.min(wanted, most);
}

/** From how far names are readable, metres: D = px x pitch x 0.727 / tan(10 arc minutes). Null where the size is not known. */
export function readableFromM(screen: WallScreen): number | null {
  if (screen.inches === null) return null;
  const pitchMm = (screen.inches * inchMm) / Math.hypot(screen.width, screen.height);
  const capitalMm = smallestNamePx * wallScale(screen) * capitalEm * pitchMm;
  return capitalMm / Math.tan((readableArcMinutes / 60) * (Math.PI / 180)) / 1000;
}
