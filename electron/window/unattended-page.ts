/** Whether this page may be unattended: the wall, which no dialog may cover. */
export function isUnattended(url: string): boolean {
  return URL.canParse(url) && /^#\/wall(\?|$)/.test(new URL(url).hash);
}
