import { z } from 'zod';

/**
 * `safeParse`, also of a value whose `length` is no number: zod's checks of a length, which run although the type is wrong, throw a
 * TypeError where it cannot be compared (`{"length":{"toString":1}}`).
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> {
  try {
    return schema.safeParse(value);
  } catch (fault) {
    if (!(fault instanceof TypeError)) throw fault;
    const message = 'has something with a "length" that is no number';
    const error = new z.ZodError([{ code: 'custom', path: [], message, input: value }]) as z.ZodError<T>;
    return { success: false, error };
  }
}
