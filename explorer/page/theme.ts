import { effect, signal } from '@preact/signals';

const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const KEY = 'ari-explorer-theme';

/** What the user wants; `auto` is what the system says. */
export const theme = signal<Theme>(themes.find((each) => each === localStorage.getItem(KEY)) ?? 'auto');

/** Goes on to the next theme. */
export function nextTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'auto';
}

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
  localStorage.setItem(KEY, theme.value);
});
