import type { ControlFormat } from './control-messages.js';

/** Options of a WebSocket channel, as they stand behind the connection in its dial string: `f(json)n`. */
export interface DialOptions {
  /** Empty for the first of those that were asked for. */
  readonly codec: string;
  readonly controlFormat: ControlFormat;
  readonly passthrough: boolean;
  readonly autoAnswer: boolean;
  readonly direction: string;
  /** As they stand behind the `?` of a URI. */
  readonly uriParameters: string;
}

/** Reads the options; `undefined` if a parenthesis is not closed. */
export function readDialOptions(text: string): DialOptions | undefined {
  const options = new Map<string, string>();
  let rest = text;
  while (rest !== '') {
    const [all, letter = '', argument = ''] = /^([a-z])(?:\(([^)]*)\))?(?!\()/i.exec(rest) ?? [];
    if (all === undefined) return undefined;
    options.set(letter, argument);
    rest = rest.slice(all.length);
  }
  return {
    codec: options.get('c') ?? '',
    controlFormat: options.get('f')?.toLowerCase() === 'json' ? 'json' : 'plain-text',
    passthrough: options.has('p'),
    autoAnswer: !options.has('n'),
    direction: options.get('d') ?? 'both',
    uriParameters: (options.get('v') ?? '').replaceAll(',', '&'),
  };
}
