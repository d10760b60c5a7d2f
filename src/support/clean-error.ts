import { inspect } from 'node:util';

/**
 * The error as it is, unless a secret shows in it: then another one, with its words and its code alone.
 * @param redact takes secrets out of a text
 */
export function cleanError(error: Error, redact: (text: string) => string): Error {
  const shown = `${inspect(error, { depth: 5, showHidden: true })}\n${error.stack}`;
  if (redact(shown) === shown) {
    return error;
  }
  const clean: NodeJS.ErrnoException = new Error(redact(error.message));
  clean.name = error.name;
  clean.stack = redact(error.stack ?? '');
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined) {
    clean.code = code;
  }
  return clean;
}
