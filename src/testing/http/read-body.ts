import type { IncomingMessage } from 'node:http';
import { parseJson } from '../params/json.js';
import { parsePairs } from '../routing/uri.js';
import { AriFailure } from './failure.js';
import { MAX_BODY } from './limits.js';

/** What a body says. */
export interface ParsedBody {
  readonly json: unknown;
  readonly form: readonly (readonly [string, string])[];
}

const NOTHING: ParsedBody = { json: undefined, form: [] };

/** Reads a body to its end, or until it is too long. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Understands JSON and forms; a body of another type, or of none, is as no body. */
export function parseBody(body: Buffer, contentType: string | undefined): ParsedBody {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (body.length === 0) return NOTHING;
  if (type === 'application/x-www-form-urlencoded') return { json: undefined, form: parsePairs(body.toString('utf8')) };
  if (type !== 'application/json') return NOTHING;
  const json = parseJson(body);
  if (json === undefined) throw new AriFailure(400, 'Error parsing request body');
  return { json, form: [] };
}

function tooLarge(): AriFailure {
  return new AriFailure(413, 'Request body too large', 'Request Entity Too Large');
}
