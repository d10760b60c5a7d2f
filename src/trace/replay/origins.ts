import type { AnswerEntry, EventEntry, RequestEntry, Trace } from '../entries.js';
import { exchangeOf } from '../exchange.js';
import { idOf, kindOf } from '../objects.js';

/** How a channel came about that the application had made. */
export interface Origin {
  readonly request: RequestEntry;
  /** What it rang at; undefined where nothing rings: snoops, external media. */
  readonly endpoint: string | undefined;
}

const making = /^channels\.(?:originate|create|snoop|externalMedia)/;

/** Kinds of channels that no telephone is behind. */
const inside = /^(?:Local|Snoop|WebSocket|AudioSocket|UnicastRTP|Announcer|Recorder)\//i;

/** The channels that the application made, by their ids in the record, and those that it could not make. */
export function originsOf(trace: Trace): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  const requests = new Map<string, RequestEntry>();
  for (const entry of trace) {
    if (entry.kind === 'request' && making.test(entry.operation)) {
      requests.set(exchangeOf(entry), entry);
      note(origins, entry, entry);
    } else if (entry.kind === 'answer' && entry.error === undefined) {
      const request = requests.get(exchangeOf(entry));
      if (request !== undefined) {
        note(origins, request, entry);
      }
    }
  }
  return origins;
}

function note(origins: Map<string, Origin>, request: RequestEntry, source: RequestEntry | AnswerEntry): void {
  const { endpoint, originator, channelId } = request.params;
  const isSnoop = request.operation.includes('snoop');
  const given = typeof endpoint === 'string' && !inside.test(endpoint) ? endpoint : undefined;
  const others = [originator, isSnoop ? channelId : undefined];
  for (const id of source.objects.filter((ref) => kindOf(ref) === 'channel').map(idOf)) {
    if (!others.includes(id)) {
      origins.set(id, { request, endpoint: given });
    }
  }
}

/** Whether a channel is a half of a Local channel that the application has had made: it may know the other half alone. */
export function isHalfOf(origins: ReadonlyMap<string, Origin>, { event }: EventEntry): boolean {
  const { name } = (event['channel'] ?? {}) as { name?: unknown };
  const dialled = typeof name === 'string' ? /^(Local\/.+)-[\da-f]+;[12]$/.exec(name)?.[1] : undefined;
  return dialled !== undefined && [...origins.values()].some(({ request }) => dials(request, dialled));
}

function dials({ params }: RequestEntry, dialled: string): boolean {
  return typeof params['endpoint'] === 'string' && params['endpoint'].replace(/\/\w+$/, '') === dialled;
}
