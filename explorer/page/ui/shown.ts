/** Characters that would turn the page's text round, move it, or not show at all; whoever calls may be called what he likes. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text on one line, of which all can be seen. In JSON and TypeScript it means the same. */
export function shownText(text: string): string {
  return text.replace(unseen, (each) => Array.from({ length: each.length }, (_, at) => escaped(each, at)).join(''));
}

/** The same for a text of lines. */
export function shownLines(text: string): string {
  return text.split('\n').map(shownText).join('\n');
}

function escaped(text: string, at: number): string {
  return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
}
