'use client';

import { useLayoutEffect, useSyncExternalStore } from 'react';
import {
  chooseTheme,
  onThemeChange,
  restoreTheme,
  shownTheme,
  themes,
  toTheme,
  type Theme,
} from '@/components/site/theme';

export interface ThemeSwitchProps {
  readonly words: Readonly<Record<Theme | 'label', string>>;
}

const themeBeforeScripts = (): Theme => 'system';

/** Light, dark, or as the system has it. Hidden where no script runs. */
export function ThemeSwitch({ words }: ThemeSwitchProps) {
  const theme = useSyncExternalStore(onThemeChange, shownTheme, themeBeforeScripts);
  useLayoutEffect(restoreTheme, []);
  return (
    <label className="theme-switch">
      <span>{words.label}</span>
      <select
        className="theme-switch-select"
        value={theme}
        onChange={(event) => chooseTheme(toTheme(event.currentTarget.value))}
      >
        {themes.map((name) => (
          <option key={name} value={name}>
            {words[name]}
          </option>
        ))}
      </select>
    </label>
  );
}
