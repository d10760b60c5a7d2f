import { AriValidationError } from '../errors/validation-error.js';
import { mustBe } from '../support/describe.js';
import { Secrets } from '../diagnostics/redact.js';
import type { Happening, Journal, RecordedRequest } from '../testing/control/journal.js';
import type { AnswerEntry, EventEntry, RequestEntry, TraceEntry } from './entries.js';
import { objectsOfData, objectsOfParams } from './objects.js';
import { cleanData } from './recording/clean.js';
import { rounded } from './recording/entry-maker.js';
import { withBody } from './recording/params.js';

/** Who speaks to the double, as its entries name him; it does not know its clients apart. */
const client = 'application';

/** Takes out what is a credential wherever it stands: `api_key`, user and password of a URL. */
const { redact } = new Secrets();

type Unplaced<Entry> = Omit<Entry, 'kind' | 'seq' | 'at' | 'client'>;

/**
 * The journal of a double as a trace: what it was asked, what it answered, and the events that somebody got, once for each
 * application.
 * @throws {AriValidationError} for what is no journal
 */
export function traceOf(journal: Pick<Journal, 'history'>): TraceEntry[] {
  checkJournal('traceOf: journal', journal);
  const reader = new JournalReader();
  return journal.history.flatMap((happening) => reader.read(happening));
}

/** @param what for messages: `traceOf: journal` */
export function checkJournal(what: string, journal: unknown): void {
  if (!Array.isArray((journal as Partial<Journal> | null | undefined)?.history)) {
    throw new AriValidationError(`${what} ${mustBe('that of a double of asterisk-ari/testing', journal)}`);
  }
}

/** Makes entries of what happens in a double, one after the other. */
export class JournalReader {
  readonly #begun = new WeakMap<RecordedRequest, { readonly id: number; readonly at: number }>();
  #requests = 0;
  #seq = 0;

  read(happening: Happening): TraceEntry[] {
    const at = rounded(happening.at);
    switch (happening.kind) {
      case 'request':
        return [this.#request(happening.request, at)];
      case 'answer':
        return this.#answer(happening.request, at);
      case 'event': {
        const { type, applications, event } = happening.event;
        return applications.map((application): EventEntry => {
          const data = cleanData({ ...event, application }, redact) as Readonly<Record<string, unknown>>;
          const place = { seq: this.#next(), at, client };
          return { kind: 'event', ...place, type, application, event: data, objects: objectsOfData(data) };
        });
      }
    }
  }

  #request(request: RecordedRequest, at: number): RequestEntry {
    this.#requests += 1;
    const id = this.#requests;
    this.#begun.set(request, { id, at });
    return { kind: 'request', seq: this.#next(), at, client, id, ...requestFields(request) };
  }

  /** Of a request that the journal has forgotten, nothing is told. */
  #answer(request: RecordedRequest, at: number): AnswerEntry[] {
    const begun = this.#begun.get(request);
    if (begun === undefined) {
      return [];
    }
    const ms = rounded(at - begun.at);
    return [
      { kind: 'answer', seq: this.#next(), at, client, request: begun.id, ms, attempts: 1, ...answerFields(request) },
    ];
  }

  #next(): number {
    this.#seq += 1;
    return this.#seq;
  }
}

function requestFields(request: RecordedRequest): Omit<Unplaced<RequestEntry>, 'id'> {
  const { operation, method, path, ids, query, body } = request;
  const asked = withBody({ ...ids, ...query }, body ?? undefined);
  const params = cleanData(asked, redact) as Readonly<Record<string, unknown>>;
  const objects = objectsOfParams(path, params);
  return { operation: operation === '' ? `${method} ${path}` : operation, method, path: redact(path), params, objects };
}

function answerFields(request: RecordedRequest): Omit<Unplaced<AnswerEntry>, 'request' | 'ms' | 'attempts'> {
  const { status, response } = request;
  const body = response === undefined ? undefined : cleanData(response, redact);
  const message = (body as { message?: unknown } | null | undefined)?.message;
  return {
    status,
    ...(status >= 400 ? { error: `${status}${typeof message === 'string' ? ` ${message}` : ''}` } : {}),
    ...(body === undefined ? {} : { body }),
    objects: [...new Set([...objectsOfParams(request.path, request.ids), ...objectsOfData(body)])],
  };
}
