import { RollupOfVersion1 } from './rollup-of-version-1';
import { RollupOfVersion2 } from './rollup-of-version-2';
import type { Rollup } from './rollup-shape';

/** Opens a rollup's body, of whichever version. Throws a RangeError when it is not one. */
export function openRollup(body: Uint8Array): Rollup {
  return body[0] === 1 ? RollupOfVersion1.open(body) : RollupOfVersion2.open(body);
}
