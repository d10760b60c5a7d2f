import { announcement } from '../state.js';

/** A button that copies a text. */
export function Copy({ text, children = 'Copy' }: { readonly text: string; readonly children?: string }) {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      announcement.value = 'Copied';
    } catch {
      announcement.value = 'The browser does not let this page copy';
    }
  };
  return (
    <button type="button" onClick={() => void copy()}>
      {children}
    </button>
  );
}
