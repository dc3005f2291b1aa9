import { randomInt } from 'node:crypto';

/**
 * The seed of the property tests: FC_SEED, else a new one for each run.
 * @param {string | undefined} wanted the value of FC_SEED
 * @returns {number} an integer of 32 bits, as fast-check takes it
 */
export function propertySeed(wanted) {
  if (wanted === undefined || wanted === '') return randomInt(2 ** 31);
  if (/^-?\d{1,10}$/.test(wanted) && Number(wanted) === (Number(wanted) | 0)) return Number(wanted);
  throw new Error(
    `FC_SEED is "${wanted}". Set it to an integer of 32 bits, such as one that a test run printed.`,
  );
}
