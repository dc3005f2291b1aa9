/*
 * The resolution of stored values: ten binary digits. Whole stored numbers below 1,024 are exact, larger ones are within
 * 1/1024 of the measured value (0.1 %), far finer than any reading is accurate. A quantized value has a code, a whole number
 * that grows with it without holes, so that columns of codes have small differences:
 *
 *   code < 1024: the value is the code itself
 *   otherwise, e = floor(code / 512) - 1 and m = code - 512 e, so 512 <= m < 1024: the value is m 2^e
 */

const exactBelow = 1024;
const half = 512;
const powers = Array.from({ length: 44 }, (_, exponent) => 2 ** exponent);

/** The largest code of a safe integer. */
export const mostCode = 22_528;

/** The code of the quantized value nearest to a whole number >= 0. At most `mostCode` for safe integers. */
export function quantizedCode(stored: number): number {
  if (stored < exactBelow) return stored;
  // Rounding up to m = 1024 lands on the next exponent's first code by itself, as does a logarithm that is off by one.
  if (stored < 2 ** 31) {
    const exponent = 22 - Math.clz32(stored);
    return half * exponent + ((stored + (1 << (exponent - 1))) >>> exponent);
  }
  const exponent = Math.floor(Math.log2(stored)) - 9;
  return half * exponent + Math.round(stored / 2 ** exponent);
}

/** The quantized value with this code. */
export function valueOfCode(code: number): number {
  if (code < exactBelow) return code;
  const exponent = Math.floor(code / half) - 1;
  return (code - half * exponent) * (powers[exponent] ?? 2 ** exponent);
}

/** A whole number >= 0 at the resolution of stored values. */
export function quantized(stored: number): number {
  return stored < exactBelow ? stored : valueOfCode(quantizedCode(stored));
}
