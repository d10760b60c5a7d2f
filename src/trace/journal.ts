import { Secrets } from '../diagnostics/redact.js';
import type { Happening, Journal, RecordedRequest } from '../testing/control/journal.js';
import type { AnswerEntry, EventEntry, RequestEntry, TraceEntry } from './entries.js';
import { objectsOfData, objectsOfParams } from './objects.js';
import { cleanData } from './recording/clean.js';
import { rounded } from './recording/entry-maker.js';

/** Who speaks to the double, as its entries name him; it does not know its clients apart. */
const client = 'application';

/** Takes out what is a credential wherever it stands: `api_key`, user and password of a URL. */
const { redact } = new Secrets();

/** What a request has become so far. */
interface Begun {
  readonly id: number;
  readonly at: number;
}

/**
 * The journal of a double as a trace: what it was asked, what it answered, and the events that somebody got, once for each
 * application.
 */
export function traceOf(journal: Pick<Journal, 'history'>): TraceEntry[] {
  const begun = new Map<RecordedRequest, Begun>();
  const entries: TraceEntry[] = [];
  for (const happening of journal.history) {
    entries.push(...entriesOf(happening, begun, entries.length));
  }
  return entries;
}

function entriesOf(happening: Happening, begun: Map<RecordedRequest, Begun>, before: number): TraceEntry[] {
  const place = { seq: before + 1, at: rounded(happening.at), client };
  switch (happening.kind) {
    case 'request': {
      const { request, at } = happening;
      begun.set(request, { id: begun.size + 1, at });
      return [{ kind: 'request', ...place, id: begun.size, ...requestFields(request) }];
    }
    case 'answer': {
      const start = begun.get(happening.request);
      return start === undefined ? [] : [{ kind: 'answer', ...place, ...answerFields(happening.request, happening.at, start) }];
    }
    case 'event': {
      const { type, applications, event } = happening.event;
      return applications.map((application, index): EventEntry => {
        const data = cleanData({ ...event, application }, redact) as Readonly<Record<string, unknown>>;
        return { kind: 'event', ...place, seq: before + 1 + index, type, application, event: data, objects: objectsOfData(data) };
      });
    }
  }
}

type Unplaced<Entry> = Omit<Entry, 'kind' | 'seq' | 'at' | 'client'>;

function requestFields(request: RecordedRequest): Omit<Unplaced<RequestEntry>, 'id'> {
  const { operation, method, path, ids, query, body } = request;
  const isNamed = typeof body === 'object' && body !== null && !Array.isArray(body);
  const named = isNamed ? body : body === undefined || body === null ? {} : { body };
  const params = cleanData({ ...ids, ...query, ...named }, redact) as Readonly<Record<string, unknown>>;
  const objects = objectsOfParams(path, params);
  return { operation: operation === '' ? `${method} ${path}` : operation, method, path: redact(path), params, objects };
}

function answerFields(request: RecordedRequest, at: number, start: Begun): Unplaced<AnswerEntry> {
  const { status, response } = request;
  const body = response === undefined ? undefined : cleanData(response, redact);
  const message = (body as { message?: unknown } | undefined)?.message;
  return {
    request: start.id,
    status,
    ms: rounded(at - start.at),
    attempts: 1,
    ...(status >= 400 ? { error: `${status}${typeof message === 'string' ? ` ${message}` : ''}` } : {}),
    ...(body === undefined ? {} : { body }),
    objects: [...new Set([...objectsOfParams(request.path, request.ids), ...objectsOfData(body)])],
  };
}
