import { characterOf, entityPattern } from '../support/entities.js';

/** Parts of a page that are no text to read, and where each ends. */
const unread: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<title', '</title'],
  ['<style', '</style'],
  ['<script', '</script'],
];

/**
 * The text of an HTML page without its tags, its title, styles and scripts. In one go from its beginning to its end,
 * however broken it is: it comes from whatever stands between us and Asterisk.
 */
export function pageText(html: string): string {
  // No other letters: some of them become two.
  const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const finders = new Map<string, Finder>();
  const find = (what: string, from: number): number => {
    const finder = finders.get(what) ?? new Finder(lower, what);
    finders.set(what, finder);
    return finder.from(from);
  };
  const words: string[] = [];
  let at = 0;
  while (at < html.length) {
    const tag = find('<', at);
    words.push(html.slice(at, tag));
    const [, end] = unread.find(([start]) => lower.startsWith(start, tag)) ?? [];
    const partEnd = end === undefined ? html.length : find(end, tag);
    const tagEnd = find('>', partEnd === html.length ? tag : partEnd);
    // Without its end, it is no tag.
    if (tagEnd === html.length) {
      words.push(html.slice(tag));
    }
    at = tagEnd + 1;
  }
  return decodeEntities(words.join(' '));
}

/** Finds a word again and again, ever further on, without ever looking twice at what it has passed. */
class Finder {
  readonly #text: string;
  readonly #word: string;
  #next = -1;

  constructor(text: string, word: string) {
    this.#text = text;
    this.#word = word;
  }

  /** Where the word comes next; the length of the text if it does not. */
  from(start: number): number {
    if (this.#next < start) {
      const found = this.#text.indexOf(this.#word, start);
      this.#next = found === -1 ? this.#text.length : found;
    }
    return this.#next;
  }
}

function decodeEntities(text: string): string {
  return text.replace(
    entityPattern,
    (whole: string, decimal?: string, hexadecimal?: string, name?: string) =>
      characterOf(decimal, hexadecimal, name) ?? whole,
  );
}
