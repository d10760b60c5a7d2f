import type { RawFields } from './read-fields.js';

/** Events whose text after the name is an id. */
const withId = new Set(['MEDIA_MARK_PROCESSED', 'MEDIA_BUFFERING_COMPLETED']);

/** The field whose value goes on to the end of the message, blanks included. */
const lastField = 'error_text:';

/** Takes a message in plain text apart: `NAME`, `NAME id` or `NAME key:value key:value`, in whatever order. */
export function splitPlainText(message: string): RawFields {
  const [name, rest] = cut(message, ' ');
  const fields: Record<string, string> = {};
  if (withId.has(name)) {
    fields['correlation_id'] = rest;
  } else {
    const tail = rest.startsWith(lastField) ? 0 : rest.indexOf(` ${lastField}`);
    const pairs = tail < 0 ? rest : rest.slice(0, tail);
    for (const pair of pairs.split(' ')) {
      const [key, value] = cut(pair, ':');
      if (key !== '') {
        fields[key] = value;
      }
    }
    if (tail >= 0) {
      fields['error_text'] = rest.slice(tail).trimStart().slice(lastField.length);
    }
  }
  return { ...fields, event: name };
}

function cut(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
