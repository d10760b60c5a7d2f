const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Characters that turn text round, or that HTML has no place for. */
const unseen = /[\p{Cf}\p{Cs}\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu;

/** Text as HTML that shows it, and does nothing else. */
export function escapeHtml(text: string): string {
  return text
    .replace(unseen, (each) => `\\u${each.codePointAt(0)?.toString(16).padStart(4, '0')}`)
    .replace(/[&<>"']/g, (each) => entities[each] ?? '');
}
