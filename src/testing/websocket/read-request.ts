import { parseJson } from '../params/json.js';
import { parsePairs } from '../routing/uri.js';
import { isObject } from '../params/bind.js';

/** A REST request as it comes over an event socket. */
export interface SocketRequest {
  readonly transactionId: string;
  readonly requestId: string;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly pairs: readonly (readonly [string, string])[];
  readonly body: unknown;
}

/** A request that cannot be understood, with as much of it as could. */
export interface BadSocketRequest {
  readonly transactionId: string;
  readonly requestId: string;
  readonly path: string;
  readonly problem: string;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'];

/** Reads a message, checking it in Asterisk's order. */
export function readSocketRequest(json: object): SocketRequest | BadSocketRequest {
  const message = isObject(json) ? json : {};
  const transactionId = text(message['transaction_id']);
  const requestId = text(message['request_id']);
  const [path = '', ...query] = text(message['uri']).split('?');
  const bad = (problem: string, of = path): BadSocketRequest => ({ transactionId, requestId, path: of, problem });

  // The path is not looked at before it is known to be a request.
  if (text(message['type']) === '') return bad("No 'type' property.", '');
  if (message['type'] !== 'RESTRequest') return bad('Unknown request type.', '');
  if (text(message['uri']) === '') return bad("Empty or missing 'uri' property.");
  const method = text(message['method']);
  if (!METHODS.includes(method)) return bad("Unknown or missing 'method' property.");
  const pairs = readPairs(message['query_strings']);
  if (!pairs) return bad("Unable to parse 'query_strings' array.");
  const body = readBody(text(message['message_body']), text(message['content_type']));
  if (typeof body === 'string') return bad(body);
  return {
    transactionId,
    requestId,
    method,
    path,
    pairs: [...parsePairs(query.join('?')), ...pairs, ...body.form],
    body: body.json,
  };
}

function readPairs(value: unknown): [string, string][] | undefined {
  if (!Array.isArray(value)) return [];
  const pairs: [string, string][] = [];
  for (const entry of value) {
    if (!isObject(entry) || typeof entry['name'] !== 'string' || typeof entry['value'] !== 'string') return undefined;
    pairs.push([entry['name'], entry['value']]);
  }
  return pairs;
}

/** What the body says, or what is wrong with it. */
function readBody(body: string, type: string): { form: [string, string][]; json: unknown } | string {
  if (body === '') return { form: [], json: undefined };
  if (type === '') return "No 'content_type' for 'message_body'.";
  if (type === 'application/x-www-form-urlencoded') return { form: parsePairs(body), json: undefined };
  if (type !== 'application/json') return 'Unknown content type.';
  const json = parseJson(body);
  return json === undefined ? "Unable to parse 'message_body' as 'application/json'." : { form: [], json };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
