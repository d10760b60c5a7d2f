import type { Msg } from '@nats-io/transport-node';
import { AriAbortError } from '../../../errors/abort-error.js';
import { AriConnectionError } from '../../../errors/connection-error.js';
import type { AriRequest } from '../../../rest/request.js';
import type { AriResponse } from '../../../rest/transport.js';
import { Activity } from '../../../support/activity.js';
import { errorText } from '../../../support/error-text.js';
import type { Logger } from '../../../support/logger.js';
import { within } from '../../../support/within.js';
import { parse } from '../../messages.js';
import type { NatsLink } from '../../nats-link.js';
import type { PxKind } from '../kind.js';
import { readPxRequest, type PxKey } from '../messages.js';
import { kindNamed } from '../table.js';
import { textOf } from '../text-of.js';
import { ariRequest, paramsOf, PxRefusal, type Params } from '../to-ari.js';
import { answerOf } from './answers.js';
import type { Dialogs } from './dialogs.js';

export interface PxRequestsParts {
  readonly link: NatsLink;
  readonly dialogs: Dialogs;
  readonly send: (request: AriRequest) => Promise<AriResponse>;
  /** The node's id; undefined while Asterisk is not there. */
  readonly node: () => string | undefined;
  readonly logger: Logger;
}

/** Answers requests of ari-proxy's clients. Whatever comes, something is answered, and nothing is thrown. */
export class PxRequests {
  readonly #parts: PxRequestsParts;
  readonly #pending = new Activity();

  constructor(parts: PxRequestsParts) {
    this.#parts = parts;
  }

  /** Resolves when all requests are answered, but not later than after this time. */
  done(withinMs: number): Promise<void> {
    return within(withinMs, this.#pending.rest());
  }

  /** Never rejects. @param app the application that it is for, if the message names none */
  async handle(message: Msg, app: string): Promise<void> {
    const { link, logger } = this.#parts;
    this.#pending.begin();
    try {
      const answer = JSON.stringify(await this.#answer(message, app));
      if (!link.respond(message, answer)) {
        const error = `the answer has ${answer.length} characters, and NATS takes ${link.maxPayload} bytes`;
        link.respond(message, JSON.stringify({ error }));
      }
    } catch (error) {
      logger.error(`a request of an ari-proxy client could not be answered: ${errorText(error)}`);
    } finally {
      this.#pending.end();
    }
  }

  async #answer(message: Msg, app: string): Promise<object> {
    try {
      return await this.#carryOut(parse(message.data), app);
    } catch (error) {
      if (error instanceof PxRefusal) {
        return { error: error.message };
      }
      if (error instanceof AriConnectionError || error instanceof AriAbortError) {
        return { error: `failed to make request: ${error.message}` };
      }
      this.#parts.logger.error(`a request of an ari-proxy client failed: ${errorText(error)}`);
      return { error: `failed to make request: ${errorText(error)}` };
    }
  }

  async #carryOut(message: unknown, ofSubject: string): Promise<object> {
    const request = readPxRequest(message);
    if (typeof request === 'string') {
      throw new PxRefusal(request);
    }
    const node = this.#parts.node();
    if (node === undefined) {
      throw new PxRefusal('ARI connection is down');
    }
    const kind = kindNamed(request.kind);
    if (kind === undefined) {
      throw new PxRefusal('Not implemented');
    }
    const key: Partial<PxKey> = request.key ?? {};
    const app = key.app || ofSubject;
    const params = paramsOf(kind, request, app);
    const wanted = ariRequest(kind, params);
    this.#bind(kind, key, params);
    const response = wanted && (await this.#parts.send(wanted));
    return answerOf({ kind, params, key, app, node }, response);
  }

  /** Before the request, so that no event that comes of it is missed. */
  #bind(
    { binds, unbinds, thing, answer }: PxKind,
    { dialog = '', id = '', kind: named }: Partial<PxKey>,
    params: Params,
  ): void {
    const { dialogs } = this.#parts;
    const of = thing ?? named;
    if (unbinds && of !== undefined) {
      dialogs.unbind(dialog, of, id);
    }
    if (binds === undefined) {
      return;
    }
    if (of !== undefined && of !== 'application') {
      dialogs.bind(dialog, of, id);
    }
    if (answer.is === 'made') {
      dialogs.bind(dialog, answer.of, textOf(params.get(answer.id)));
    }
    for (const name of binds) {
      for (const source of [params.get(name) ?? []].flat().map(String)) {
        const [of, id] = name === 'eventSource' ? sourceOf(source) : ['channel', source];
        dialogs.bind(dialog, of, id);
      }
    }
  }
}

/** `deviceState:Stasis:ring` → the kind of key that it is, and the id */
function sourceOf(source: string): [kind: string, id: string] {
  const end = source.indexOf(':');
  return [source.slice(0, end).toLowerCase(), source.slice(end + 1)];
}
