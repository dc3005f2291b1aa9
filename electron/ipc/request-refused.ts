import type { RequestFailure } from '../../domain/contract/contract';

/** A refusal a person can act on: what was wrong, where, what to do. Crosses to the window as it is; never holds a secret. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';

  constructor(readonly failure: RequestFailure) {
    super(`${failure.what} (${failure.where}) ${failure.todo}`);
  }
}
