/** Control characters, marks that turn the direction of writing or cannot be seen, and halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** A text as one line that a terminal or an editor shows and does not obey: what is unseen stands as JSON would have it. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same for a text of several lines. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** A text without what cannot be seen: blanks stand in its place. */
export function withoutUnseen(text: string): string {
  return text.replace(UNSEEN, ' ');
}
