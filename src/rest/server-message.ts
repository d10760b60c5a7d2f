import { maxRefusalBytes } from './answer-body.js';
import { pageText } from './page-text.js';

/** Longest message in an error, in characters. */
const maxLength = 1_000;

/**
 * What an error answer says: ARI's `message`, or of the HTML that Asterisk's HTTP server and proxies send, its text.
 * Short, on one line, and without secrets, whatever came.
 * @param redact takes secrets out of a text
 */
export function messageOf(text: string, contentType: string, redact: (text: string) => string): string {
  const message = contentType.includes('json') || text.startsWith('{') ? messageIn(text) : undefined;
  if (message !== undefined) {
    return cut(redact(message.slice(0, maxRefusalBytes)));
  }
  // Once before, where a secret may look like a tag, and once after, where it may have come out of an escape.
  return cut(redact(pageText(redact(text.slice(0, maxRefusalBytes)))));
}

function messageIn(json: string): string | undefined {
  try {
    const { message, error } = JSON.parse(json) as { message?: unknown; error?: unknown };
    return [message, error, ''].find((words) => typeof words === 'string');
  } catch {
    return undefined;
  }
}

/** On one line, and nothing that would make a terminal do something. */
function cut(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are meant
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}
