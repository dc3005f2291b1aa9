/** Whether nobody may be there to answer a question about this page: the wall, which no dialog may cover. */
export function isUnattended(url: string): boolean {
  return URL.canParse(url) && /^#\/wall(\?|$)/.test(new URL(url).hash);
}
