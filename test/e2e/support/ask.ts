import type { Page } from '@playwright/test';
import type { RequestArgs, RequestName, RequestResult } from '../../../domain/contract/contract';
import { valueOfText } from '../../../domain/contract/ipc-json';

/** Sends a request to the main process over the page's own bridge. */
export async function ask<N extends RequestName>(
  page: Page,
  name: N,
  args: RequestArgs<N>,
): Promise<RequestResult<N>> {
  const asked = { name: name as RequestName, args: args as RequestArgs<RequestName> };
  const text = await page.evaluate(
    async (wanted) => (await window.heron?.request(wanted.name, wanted.args)) ?? '',
    asked,
  );
  return valueOfText(text) as RequestResult<N>;
}
