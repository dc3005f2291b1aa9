// Runs before the first paint, so that a light window never flashes dark. Kept in step with renderer/theme.ts.
(function () {
  var theme = 'system';
  try {
    theme = JSON.parse(localStorage.getItem('heron.preferences') || '{}').theme || 'system';
  } catch (unreadable) {
    console.warn('Stored preferences cannot be read; using the system theme.', unreadable);
  }
  var light =
    theme === 'light' || (theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
})();
