/** Characters that would move a cursor, turn text round or not show at all. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text on one line, of which all can be seen: whoever calls may be called what he likes. */
export function shownText(text: string): string {
  return text.replace(unseen, (each) => `\\u${each.codePointAt(0)?.toString(16).padStart(4, '0')}`);
}
