const key = 'heron.reloadedWithoutScript';
const leastBetweenMs = 60_000;

/**
 * The script of a view is missing when Heron's files were replaced while it runs. The page is then loaded anew, with the new files; not
 * twice within a minute, because that would not help.
 */
export function reloadWithoutScript(): void {
  window.addEventListener('vite:preloadError', () => {
    const nowMs = Date.now();
    if (nowMs - Number(sessionStorage.getItem(key) ?? 0) < leastBetweenMs) return;
    sessionStorage.setItem(key, String(nowMs));
    location.reload();
  });
}
