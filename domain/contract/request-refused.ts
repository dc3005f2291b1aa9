import { requestFailureSchema, type RequestFailure } from './request-failure';

/** An actionable refusal: what was wrong, where, what to do. It is shown as it is, so it never contains a secret. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';

  constructor(readonly failure: RequestFailure) {
    super([`${failure.what} (${failure.where}) ${failure.todo}`, ...(failure.faults ?? [])].join('\n'));
  }
}

/** The failure that an error has for people (RequestRefused, HistoryError); null when it has none. */
export function failureOf(fault: unknown): RequestFailure | null {
  if (!(fault instanceof Error) || !('failure' in fault)) return null;
  const carried = requestFailureSchema.safeParse(fault.failure);
  return carried.success ? carried.data : null;
}
