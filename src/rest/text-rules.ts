import type { Parameter } from '../contract/operation.js';
import { staysWhole } from './separation.js';

type Rule = NonNullable<Parameter['rule']> | 'hostPort' | 'uuid';

/** Longest name of a file that leaves room for the longest extension in the 255 bytes of file systems. */
const longestName = 248;

const rules: Readonly<Record<Rule, (text: string) => string | undefined>> = {
  argument: (text) =>
    text !== '' && staysWhole(text)
      ? undefined
      : 'must not be empty or hold commas, quotes, backslashes, unbalanced parentheses or brackets',
  dtmf: (text) =>
    /^[0-9*#A-DwWfF]+$/i.test(text) ? undefined : 'must be of the digits 0 to 9, *, #, A to D, w, W and f',
  fileName,
  hostPort: (text) =>
    isPort(/^.+:(\d{1,5})$/.exec(text)?.[1]) ? undefined : 'must be host:port, with a port from 1 to 65535',
  label: (text) =>
    /^\s*[-+]?\d/.test(text) ? 'must not begin like a number: it would be taken for a priority' : undefined,
  uuid: (text) => (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text) ? undefined : 'must be a UUID'),
};

/** What a text is that it must not be; nothing if it is as it must be. */
export function breach(rule: Rule, text: string): string | undefined {
  return rules[rule](text);
}

function fileName(name: string): string | undefined {
  const segments = name.split('/');
  let depth = 0;
  for (const segment of segments) {
    depth += segment === '..' ? -1 : 1;
    if (depth < 0) {
      return 'must not lead out of its folder';
    }
    if (Buffer.byteLength(segment) > longestName) {
      return `must not be longer than ${longestName} bytes between slashes`;
    }
  }
  return segments.at(-1) === '' ? 'must not be empty or end in a slash' : undefined;
}

function isPort(text: string | undefined): boolean {
  return text !== undefined && Number(text) >= 1 && Number(text) <= 65_535;
}
