import { requestFailureSchema, type RequestFailure } from './contract';

/** A refusal a person can act on: what was wrong, where, what to do. Crosses to the window as it is; never holds a secret. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';

  constructor(readonly failure: RequestFailure) {
    super(`${failure.what} (${failure.where}) ${failure.todo}`);
  }
}

/** The failure an error carries for people (a refusal's, a history's), or null when it carries none. */
export function failureOf(fault: unknown): RequestFailure | null {
  if (!(fault instanceof Error) || !('failure' in fault)) return null;
  const carried = requestFailureSchema.safeParse(fault.failure);
  return carried.success ? carried.data : null;
}
