import type { TestAsterisk } from '../../testing/control/test-asterisk.js';
import type { Phone } from '../../testing/control/phone.js';
import type { EventEntry, Trace } from '../entries.js';
import { exchangeOf } from '../exchange.js';

interface CallData {
  readonly id: string;
  readonly name?: string;
  readonly caller?: { readonly name?: string; readonly number?: string };
  readonly dialplan?: { readonly context?: string; readonly exten?: string };
}

/** Has a call come in as it came in the record: from that caller, at that extension, with those arguments. */
export function placeCall(
  asterisk: TestAsterisk,
  trace: Trace,
  { application, event }: EventEntry,
  isFree: (endpoint: string) => boolean,
): Phone {
  const { id, name = '', caller, dialplan } = event['channel'] as CallData;
  const args = Array.isArray(event['args']) ? event['args'].map(String) : [];
  const { context = 'replay', exten = 's' } = dialplan ?? {};
  const enter = `Stasis(${[application, ...args.map(escaped)].join(',')})`;
  const place = { context: context || 'replay', exten: exten || 's' };
  asterisk.setExtension(place.exten, [...variablesOf(trace, id), enter, 'Hangup'], place.context);
  const from = `"${(caller?.name ?? '').replaceAll('"', '')}" <${caller?.number ?? ''}>`;
  // A telephone has one call at a time; of a trunk there may come many.
  const endpoint = /^([^/]+\/.+)-[\da-f]+$/i.exec(name)?.[1] ?? `PJSIP/${id}`;
  return asterisk.call({
    to: place.exten,
    context: place.context,
    from,
    endpoint: isFree(endpoint) ? endpoint : `${endpoint}.${id}`,
  });
}

/**
 * Variables that the application has read of a channel before it set them itself: they came with the call. The answers
 * tell them.
 */
function variablesOf(trace: Trace, channelId: string): string[] {
  const found = new Map<string, string | undefined>();
  const asked = new Map<string, string>();
  for (const entry of trace) {
    if (entry.kind === 'request' && entry.params['channelId'] === channelId) {
      const { variable } = entry.params;
      if (typeof variable === 'string' && /^\w+$/.test(variable)) {
        if (entry.method === 'GET') {
          asked.set(exchangeOf(entry), variable);
        } else if (!found.has(variable)) {
          found.set(variable, undefined);
        }
      }
    } else if (entry.kind === 'answer') {
      const variable = asked.get(exchangeOf(entry));
      const { value } = (entry.body ?? {}) as { value?: unknown };
      if (variable !== undefined && !found.has(variable) && typeof value === 'string') {
        found.set(variable, value);
      }
    }
  }
  return [...found].flatMap(([name, value]) => (value === undefined ? [] : [`Set(${name}=${value})`]));
}

/** An argument as a dialplan writes it, so that nothing in it ends it. */
function escaped(argument: string): string {
  return argument.replace(/[\\,"()[\]]/g, (each) => `\\${each}`);
}
