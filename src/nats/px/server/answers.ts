import { STATUS_CODES } from 'node:http';
import type { AriResponse } from '../../../rest/transport.js';
import type { PxKind } from '../kind.js';
import { writeKey, type PxKey } from '../messages.js';
import { textOf } from '../text-of.js';
import { PxRefusal, type Params } from '../to-ari.js';
import { idIn, thingOf, type PxThing } from '../things.js';

/** What an answer is about. */
export interface Asked {
  readonly kind: PxKind;
  readonly params: Params;
  readonly key: Partial<PxKey>;
  /** Where it is asked. */
  readonly app: string;
  readonly node: string;
}

type Fields = Record<string, unknown>;

/**
 * What a client is answered. @param response Asterisk's; undefined if it was not asked
 * @throws {PxRefusal} with the error of it
 */
export function answerOf(asked: Asked, response: AriResponse | undefined): object {
  const { kind, params, key } = asked;
  const { answer } = kind;
  if (response !== undefined && (response.status < 200 || response.status > 299)) {
    throw new PxRefusal(failureOf(asked, response));
  }
  switch (answer.is) {
    case 'nothing':
      return { error: '' };
    case 'made':
      return { error: '', key: stamp(asked, answer.of, textOf(params.get(answer.id))) };
    case 'key':
      findIn(asked, answer.of, response);
      return { error: '', key: stamp(asked, answer.of, key.id ?? '') };
    case 'keys': {
      const items = parse(response) as object[];
      return { error: '', keys: items.map((item) => stamp(asked, answer.of, idIn(answer.of, item))) };
    }
    case 'data': {
      const data = { key: stamp(asked, answer.of, key.id ?? ''), ...forGo(asked, findIn(asked, answer.of, response)) };
      return { error: '', data: { [thingOf(answer.of).member]: data } };
    }
    case 'value':
      return { error: '', data: { variable: textOf((parse(response) as Fields)['value']) } };
    case 'info':
      return { error: '', data: { asterisk: parse(response) } };
  }
}

/** In the words that Go's client has for it. */
function failureOf({ kind: { answer, thing }, key }: Asked, { status }: AriResponse): string {
  const failure = `Non-2XX response: ${status} ${STATUS_CODES[status] ?? ''}`.trim();
  return answer.is === 'data' || answer.is === 'key'
    ? `failed to get data: Error getting data for ${thing} '${key.id}': ${failure}`
    : failure;
}

/** A key of something here. */
function stamp({ app, node, key }: Asked, kind: PxThing, id: string): Partial<PxKey> {
  return writeKey({ kind, id, node, dialog: key.dialog ?? '', app });
}

/** The data of the key's thing. */
function findIn({ kind, key }: Asked, thing: PxThing, response: AriResponse | undefined): unknown {
  const data = parse(response);
  if (!kind.isAmongAll) {
    return data;
  }
  const found = (data as object[]).find((item) => idIn(thing, item) === key.id);
  if (found === undefined) {
    throw new PxRefusal('not found');
  }
  return found;
}

/** Go's structs have a few things in other places. */
function forGo({ kind: { thing }, params }: Asked, data: unknown): object {
  if (thing === 'config') {
    const [Class, Type, Name] = thingOf(thing).params.map((name) => params.get(name));
    return { Class, Type, Name, Fields: data };
  }
  if (thing === 'logging') {
    const { type: types, configuration: levels } = data as Fields;
    return { ...(data as object), types, levels };
  }
  return data as object;
}

function parse(response: AriResponse | undefined): unknown {
  let data: unknown;
  try {
    data = JSON.parse(response?.text ?? '');
  } catch {
    data = undefined;
  }
  if (typeof data !== 'object' || data === null) {
    throw new PxRefusal(`failed to decode response: ${response?.text === '' ? 'EOF' : 'no JSON'}`);
  }
  return data;
}
