import { shownLines } from './shown.js';

/** Words of JSON: names, texts, everything else that has a colour. */
const WORDS = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Longer JSON is shown without colours. */
const MOST_COLOURED = 100_000;

/** JSON to read; all of it is text. */
export function Json({ value, label }: { readonly value: unknown; readonly label: string }) {
  const text = shownLines(JSON.stringify(value, undefined, 2) ?? 'undefined');
  return (
    <pre class="json" tabIndex={0} role="region" aria-label={label}>
      {text.length > MOST_COLOURED ? text : coloured(text)}
    </pre>
  );
}

function coloured(text: string) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(WORDS)) {
    const [whole, string, colon] = match;
    if (match.index > at) parts.push(text.slice(at, match.index));
    const kind = string === undefined ? 'literal' : colon === undefined ? 'string' : 'name';
    parts.push(<span class={kind}>{whole}</span>);
    at = match.index + whole.length;
  }
  parts.push(text.slice(at));
  return parts;
}
