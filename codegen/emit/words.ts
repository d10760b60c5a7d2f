import { upperFirst } from './names.js';

/** What ARI abbreviates, and what it writes together. */
const spelledOut: ReadonlyMap<string, string> = new Map([
  ['accountcode', 'account code'],
  ['ari', 'ARI'],
  ['bridgevars', 'bridge variables'],
  ['channelvars', 'channel variables'],
  ['creationtime', 'creation time'],
  ['dialstatus', 'dial status'],
  ['dialstring', 'dial string'],
  ['dtmf', 'DTMF'],
  ['eventname', 'event name'],
  ['exten', 'extension'],
  ['moh', 'music on hold'],
  ['musicclass', 'music class'],
  ['offsetms', 'offset'],
  ['rdnis', 'RDNIS'],
  ['rtp', 'RTP'],
  ['rtpstat', 'RTP statistics'],
  ['skipms', 'skip'],
  ['tenantid', 'tenant id'],
  ['txt', 'text'],
  ['uri', 'URI'],
  ['userevent', 'user event'],
  ['var', 'variable'],
  ['vars', 'variables'],
]);

/** The words of a name: `continueInDialplan` → `continue in dialplan`, `sendDTMF` → `send DTMF`. */
export function words(name: string): string {
  const whole = spelledOut.get(name.toLowerCase());
  if (whole !== undefined) {
    return whole;
  }
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => spelledOut.get(word.toLowerCase()) ?? (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

/** The words of a name as the beginning of a sentence. */
export function title(name: string): string {
  return upperFirst(words(name));
}

/** `channel` → `a channel`, `endpoint` → `an endpoint`. */
export function withArticle(noun: string): string {
  return `${article(noun)} ${noun}`;
}

/** What goes before a noun: `a` or `an`. */
export function article(noun: string): 'a' | 'an' {
  return /^[aeio]/.test(noun) ? 'an' : 'a';
}

export function plural(noun: string): string {
  if (/(?:s|x|ch|sh)$/.test(noun)) {
    return `${noun}es`;
  }
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(items: readonly string[], conjunction = 'and'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
