import { CodegenError } from '../errors.js';
import { limits } from '../limits.js';
import { syntaxErrorOffset } from './json-syntax.js';

/** Parses a document; an error of syntax names the file, the line and the column. */
export function parseJson(file: string, text: string): unknown {
  const deep = nestingErrorOffset(text);
  if (deep !== undefined) {
    throw new CodegenError(`more than ${limits.nesting} lists and objects within one another`, {
      file: placeIn(file, text, deep),
    });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const offset = syntaxErrorOffset(text);
    const found = offset < text.length ? `unexpected ${JSON.stringify(text[offset])}` : 'unexpected end of the file';
    throw new CodegenError(`malformed JSON: ${found}`, { file: placeIn(file, text, offset), cause });
  }
}

function placeIn(file: string, text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${file}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

/** Where a text goes deeper than anything that recurses over it may have to. */
function nestingErrorOffset(text: string): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') {
      quoted = true;
    } else if (char === '[' || char === '{') {
      depth += 1;
      if (depth > limits.nesting) return at;
    } else if (char === ']' || char === '}') {
      depth -= 1;
    }
  }
  return undefined;
}
