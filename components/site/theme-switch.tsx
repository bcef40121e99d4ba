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
import { QuietSelect } from '@/components/ui/quiet-select';

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
