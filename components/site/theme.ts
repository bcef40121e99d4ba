export const themes = ['system', 'light', 'dark'] as const;

export type Theme = (typeof themes)[number];

/** The same key and attributes as in public/theme.js, which runs before anything of this bundle. */
const STORAGE_KEY = 'theme';

/** Fired on the window when the theme of this page has changed. */
const CHANGED = 'theme-changed';

/** What this page shows: a choice, or `system` for none. */
export function shownTheme(): Theme {
  return toTheme(document.documentElement.dataset['theme']);
}

/** Shows a theme and remembers it for the other pages and tabs. */
export function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // Storage may be forbidden here: then the choice lasts as long as the page.
  }
  show(theme);
}

/**
 * Does again what theme.js did: a page that failed on the server is drawn anew
 * in the browser, and its root element comes without the attributes.
 */
export function restoreTheme(): void {
  document.documentElement.dataset['scripted'] = '';
  const stored = storedTheme();
  if (stored !== null && stored !== shownTheme()) show(stored);
}

/** Calls back when the theme changes, here or in another tab. Returns how to stop it. */
export function onThemeChange(callback: () => void): () => void {
  const followOtherTab = (event: StorageEvent) => {
    if (event.key === STORAGE_KEY) show(toTheme(event.newValue));
  };
  addEventListener(CHANGED, callback);
  addEventListener('storage', followOtherTab);
  return () => {
    removeEventListener(CHANGED, callback);
    removeEventListener('storage', followOtherTab);
  };
}

export function toTheme(value: string | null | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}

function storedTheme(): Theme | null {
  try {
    return toTheme(localStorage.getItem(STORAGE_KEY));
  } catch {
    return null;
  }
}

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  dispatchEvent(new Event(CHANGED));
}
