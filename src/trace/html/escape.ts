import { shownText } from '../picture/shown.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML that shows it, and does nothing else. */
export function escapeHtml(text: string): string {
  const seen = text.split('\n').map(shownText).join('\n');
  return seen.replace(/[&<>"']/g, (each) => entities[each] ?? '');
}
