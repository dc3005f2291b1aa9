/** Shows something with the next frame: taking it in and drawing it are not one long pause. A hidden page draws no frames: at once. */
export function inNextFrame(show: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(show);
  else show();
}
