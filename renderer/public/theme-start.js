// Runs before the first paint, so that a light window never flashes dark. Kept in step with renderer/state/settings/theme.ts.
(function () {
  var theme = 'system';
  try {
    theme = JSON.parse(localStorage.getItem('heron.preferences') || '{}').theme || 'system';
  } catch (unreadable) {
    console.warn('Stored preferences cannot be read; using the system theme.', unreadable);
  }
  var known = theme === 'dark' || theme === 'light' || theme === 'contrast';
  var ofSystem = matchMedia('(prefers-contrast: more)').matches
    ? 'contrast'
    : matchMedia('(prefers-color-scheme: light)').matches
      ? 'light'
      : 'dark';
  document.documentElement.dataset.theme = known ? theme : ofSystem;
})();
