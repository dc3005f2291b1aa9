/** Shows something with the next frame, so that applying and drawing it are two short tasks. A hidden page draws no frames: at once. */
export function inNextFrame(show: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(show);
  else show();
}
