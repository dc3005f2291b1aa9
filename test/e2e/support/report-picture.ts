import { spawnSync } from 'node:child_process';
import type { Heron } from './heron';

/** What a PDF's first page looks like: dots in the timeline's green, and dots that are not paper. */
export interface ReportPicture {
  green: number;
  ink: number;
}

/** Renders a PDF's first page as an image and counts its dots; null where neither poppler nor Ghostscript is there to draw it. */
export async function pictureOf(heron: Heron, pdf: string): Promise<ReportPicture | null> {
  const png = `${pdf}.png`;
  const tools: [string, string[]][] = [
    ['pdftoppm', ['-png', '-r', '96', '-f', '1', '-l', '1', '-singlefile', pdf, png.slice(0, -4)]],
    [
      'gs',
      ['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', '-dLastPage=1', '-sDEVICE=png16m', '-r96', '-o', png, pdf],
    ],
  ];
  if (!tools.some(([tool, args]) => spawnSync(tool, args).status === 0)) return null;
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

/** The text of all pages of a PDF, as Ghostscript reads it; null where there is none. */
export function textOf(pdf: string): string | null {
  const args = ['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', '-sDEVICE=txtwrite', '-o', '-', pdf];
  const { status, stdout } = spawnSync('gs', args, { encoding: 'utf8' });
  return status === 0 ? stdout : null;
}
