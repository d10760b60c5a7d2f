import { strip } from '../params/values.js';

/** A party's name and number. */
export interface CallerId {
  readonly name: string;
  readonly number: string;
}

export const NOBODY: CallerId = { name: '', number: '' };

/** Reads `Name <number>`, `"Name" <number>`, `<number>`, a number alone or a name alone. */
export function parseCallerId(text: string): CallerId {
  const match = /^\s*(?:"([^"]*)"|([^<]*?))\s*<([^>]*)>/.exec(text);
  if (match) return { name: unescape(strip(match[1] ?? match[2] ?? '')), number: shrink(match[3] ?? '') };
  const alone = strip(text).replace(/^"(.*)"$/, '$1');
  if (isPhoneNumber(alone)) return { name: '', number: shrink(alone) };
  // A quote that is never closed is part of the name.
  return { name: /^"[^"]*$/.test(alone) ? alone : unescape(alone), number: '' };
}

/** What a backslash protects stays, other quotes go. */
function unescape(text: string): string {
  return text.replaceAll(/\\(.?)|"/gs, (_whole, escaped: string | undefined) => escaped ?? '');
}

/** Takes the punctuation out of a number that consists of nothing but digits and punctuation. */
function shrink(number: string): string {
  return isPhoneNumber(number) ? number.replaceAll(/[ ().-]/g, '') : number;
}

function isPhoneNumber(text: string): boolean {
  return /^[0-9*#+ ().-]+$/.test(text);
}
