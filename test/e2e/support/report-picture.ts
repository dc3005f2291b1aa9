import { spawnSync } from 'node:child_process';
import type { Heron } from './heron';

/** Pixels of a PDF's first page: those in the timeline's green, and all that are not white. */
export interface ReportPicture {
  green: number;
  ink: number;
}

/** Renders a PDF's first page as an image, with Ghostscript, and counts its pixels. */
export async function pictureOf(heron: Heron, pdf: string): Promise<ReportPicture> {
  const png = `${pdf}.png`;
  ghostscript(['-dLastPage=1', '-sDEVICE=png16m', '-r96', '-o', png, pdf]);
  return heron.app.evaluate(({ nativeImage }, file) => {
    const dots = nativeImage.createFromPath(file).toBitmap();
    let [green, ink] = [0, 0];
    for (let at = 0; at < dots.length; at += 4) {
      const [b = 0, g = 0, r = 0] = [dots[at], dots[at + 1], dots[at + 2]];
      if (Math.abs(r - 0x1b) + Math.abs(g - 0x8f) + Math.abs(b - 0x78) < 30) green += 1;
      if (r + g + b < 600) ink += 1;
    }
    return { green, ink };
  }, png);
}

/** The text of all pages of a PDF, as Ghostscript reads it. */
export function textOf(pdf: string): string {
  return ghostscript(['-sDEVICE=txtwrite', '-o', '-', pdf]);
}

/** Resolves to what Ghostscript prints. Throws when it is missing (`npm test` installs it on Debian) or fails. */
function ghostscript(args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(
    'gs',
    ['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', ...args],
    {
      encoding: 'utf8',
    },
  );
  if (status === 0) return stdout;
  throw new Error(`Ghostscript did not read the report: ${error?.message ?? `${stdout}${stderr}`}`);
}
