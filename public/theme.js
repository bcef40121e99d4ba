// Runs before the first paint, so that a chosen theme does not flash in the
// other one first. A file of its own because the content security policy
// allows no inline script. The keys are those in components/site/theme-switch.tsx and
// lib/browser/staff-hint.ts.
(function () {
  var root = document.documentElement;
  root.dataset.scripted = '';
  try {
    var theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    if (localStorage.getItem('staff') !== null) root.dataset.staff = '';
  } catch {
    // Storage may be forbidden here: the system's theme it is.
  }
})();
