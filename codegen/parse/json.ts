import { CodegenError } from '../errors.js';
import { syntaxErrorOffset } from './json-syntax.js';

/** Parses a document; an error of syntax names the file, the line and the column. */
export function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const offset = syntaxErrorOffset(text);
    const before = text.slice(0, offset).split('\n');
    const found = offset < text.length ? `unexpected ${JSON.stringify(text[offset])}` : 'unexpected end of the file';
    throw new CodegenError(`malformed JSON: ${found}`, {
      file: `${file}:${before.length}:${(before.at(-1) ?? '').length + 1}`,
      cause,
    });
  }
}
