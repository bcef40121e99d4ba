'use client';

import { useLayoutEffect, useSyncExternalStore } from 'react';
import { QuietSelect } from '@/components/ui/choice';

const themes = ['system', 'light', 'dark'] as const;

type Theme = (typeof themes)[number];

/** The same key and attributes as in public/theme.js, which runs before anything of this bundle. */
const STORAGE_KEY = 'theme';

/** Fired on the window when the theme of this page has changed. */
const CHANGED = 'theme-changed';

export interface ThemeSwitchProps {
  readonly words: Readonly<Record<Theme | 'label', string>>;
}

const themeBeforeScripts = (): Theme => 'system';

/** Light, dark, or as the system has it. Hidden where no script runs. */
export function ThemeSwitch({ words }: ThemeSwitchProps) {
  const theme = useSyncExternalStore(onThemeChange, shownTheme, themeBeforeScripts);
  useLayoutEffect(restoreTheme, []);
  return (
    <QuietSelect
      label={words.label}
      value={theme}
      options={themes.map((name) => ({ value: name, label: words[name] }))}
      onChange={(event) => chooseTheme(toTheme(event.currentTarget.value))}
      className="theme-switch"
    />
  );
}

/** What this page shows: a choice, or `system` for none. */
function shownTheme(): Theme {
  return toTheme(document.documentElement.dataset['theme']);
}

/** Shows a theme and remembers it for the other pages and tabs. */
function chooseTheme(theme: Theme): void {
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
function restoreTheme(): void {
  document.documentElement.dataset['scripted'] = '';
  const stored = storedTheme();
  if (stored !== null && stored !== shownTheme()) show(stored);
}

/** Calls back when the theme changes, here or in another tab. Returns how to stop it. */
function onThemeChange(callback: () => void): () => void {
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

function toTheme(value: string | null | undefined): Theme {
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
