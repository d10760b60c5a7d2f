import { notSentByClosed } from '../../../errors/client-closed.js';
import { AriProtocolError } from '../../../errors/protocol-error.js';
import { afterUnclear } from '../../../errors/unanswered.js';
import type { Deadline } from '../../../rest/deadline.js';
import type { AriRequest } from '../../../rest/request.js';
import type { AriResponse, Transport } from '../../../rest/transport.js';
import { ask } from '../../fleet/ask.js';
import { parse } from '../../messages.js';
import type { NatsLink } from '../../nats-link.js';
import type { PxKind } from '../kind.js';
import { readPxAnswer, writeKey, type PxAnswerMessage } from '../messages.js';
import type { PxSubjects } from '../px-subjects.js';
import { kindNamed } from '../table.js';
import { textOf } from '../text-of.js';
import { thingOf, type PxThing } from '../things.js';
import { translate, type Place, type PxMessage, type Translated } from '../to-px.js';
import { memberOf, objectIn, some, unread } from './answer-data.js';
import { knownOf } from './known.js';
import { failureOf, isDown } from './px-failure.js';

export interface PxTransportOptions {
  readonly link: NatsLink;
  readonly subjects: PxSubjects;
  readonly place: Place;
  /** Told why the node is of no use just now. */
  readonly onLoss: (why: string) => void;
}

/** Most things of a list whose data is asked for at a time. */
const atOnce = 32;

/** One request on its way. */
interface Exchange {
  readonly request: AriRequest;
  readonly deadline: Deadline;
  /** It is one of several requests for what is asked. */
  readonly isOneOfMany?: boolean;
}

/** Requests to the Asterisk of one node, by its ari-proxy. */
export class PxTransport implements Transport {
  readonly #options: PxTransportOptions;
  #isClosed = false;

  constructor(options: PxTransportOptions) {
    this.#options = options;
  }

  async send(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    const { name } = request.operation;
    if (this.#isClosed) {
      throw notSentByClosed(name);
    }
    const translated = translate(request, this.#options.place);
    const exchange: Exchange = { request, deadline };
    const [first, ...others] = translated.messages;
    const answer = await this.#ask(exchange, translated.kind, first as PxMessage);
    if (answer.error !== '') {
      return failureOf(request, answer.error);
    }
    try {
      return await this.#goOn(exchange, translated, answer, others);
    } catch (error) {
      // What was not sent is only the rest: nobody is to send all of it again.
      throw afterUnclear(error, 'a part of it was done');
    }
  }

  close(): void {
    this.#isClosed = true;
  }

  /** What is left to be said, and to be asked, once the first message has had its answer. */
  async #goOn(
    exchange: Exchange,
    translated: Translated,
    first: PxAnswerMessage,
    others: readonly PxMessage[],
  ): Promise<AriResponse> {
    let answer = first;
    for (const message of others) {
      answer = await this.#ask(exchange, translated.kind, message);
      if (answer.error !== '') {
        return failureOf(exchange.request, answer.error);
      }
    }
    return this.#read(exchange, translated, answer);
  }

  async #ask(
    { request, deadline, isOneOfMany = false }: Exchange,
    kind: PxKind,
    message: PxMessage,
  ): Promise<PxAnswerMessage> {
    const { link, subjects, place, onLoss } = this.#options;
    const { name } = request.operation;
    const { data } = await ask(link, {
      name,
      subject: subjects.requests(kind.class === 'list' ? 'get' : kind.class, place.app, place.node),
      payload: JSON.stringify(message),
      deadline,
      isOneOfMany,
      who: 'ari-proxy',
      onSilence: () => onLoss('no ari-proxy answers'),
    });
    const answer = readPxAnswer(parse(data));
    if (answer === undefined) {
      throw new AriProtocolError(`${name}: what ari-proxy answers is no answer`);
    }
    if (answer.error === isDown) {
      onLoss(`its ${isDown}`);
    }
    return answer;
  }

  async #read(exchange: Exchange, translated: Translated, answer: PxAnswerMessage): Promise<AriResponse> {
    const { kind, id } = translated;
    const { is } = kind.answer;
    switch (is) {
      case 'value':
        return json({ value: textOf(answer.data?.['variable']) });
      case 'info':
        return json(some(memberOf(exchange.request, answer, 'asterisk'), translated.params.get('only')));
      case 'data':
        return json(objectIn(exchange.request, kind.answer.of, id, answer));
      case 'keys':
        return json(await this.#each(exchange, kind.answer.of, answer));
      default:
        return this.#done(exchange, translated, answer);
    }
  }

  /** What has no answer of its own is asked for, where the operation promises one. */
  async #done(exchange: Exchange, translated: Translated, { key }: PxAnswerMessage): Promise<AriResponse> {
    const { kind, id, params } = translated;
    if (exchange.request.operation.returns.kind === 'void') {
      return { status: 204, contentType: '', text: '' };
    }
    const of = kind.answer.is === 'made' ? kind.answer.of : kind.thing;
    if (of === undefined) {
      return json({});
    }
    const made = kind.answer.is === 'made' ? key?.id || textOf(params.get(kind.answer.id)) : id;
    const answer = await this.#data(exchange, of, made);
    if (answer.error === '') {
      return json(objectIn(exchange.request, of, made, answer));
    }
    const failure = failureOf(exchange.request, answer.error);
    const known = failure.status === 404 ? knownOf(translated, of, made) : undefined;
    return known === undefined ? unread(failure) : json(known);
  }

  async #each(exchange: Exchange, of: PxThing, { keys }: PxAnswerMessage): Promise<object[]> {
    const ids = (keys ?? []).flatMap((key) => key?.id || []);
    const found: object[] = [];
    for (let start = 0; start < ids.length; start += atOnce) {
      const some = ids.slice(start, start + atOnce);
      const each = some.map((id) => this.#data({ ...exchange, isOneOfMany: true }, of, id));
      const answers = await exchange.deadline.limit(Promise.all(each), 'outcomeUnknown');
      answers.forEach((answer, index) => {
        // Between the list and the question it may have come to its end.
        if (answer.error === '' || failureOf(exchange.request, answer.error).status !== 404) {
          found.push(objectIn(exchange.request, of, some[index] as string, answer));
        }
      });
    }
    return found;
  }

  #data(exchange: Exchange, of: PxThing, id: string): Promise<PxAnswerMessage> {
    const kind = kindNamed(thingOf(of).data ?? '') as PxKind;
    const key = writeKey({ kind: of, id, ...this.#options.place });
    return this.#ask(exchange, kind, { kind: kind.kind, key });
  }
}

function json(value: object): AriResponse {
  return { status: 200, contentType: 'application/json', text: JSON.stringify(value) };
}
