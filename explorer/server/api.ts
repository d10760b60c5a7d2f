import type { IncomingMessage, ServerResponse } from 'node:http';
import { html, ladder, mermaid, parse, stringify } from 'asterisk-ari/trace';
import { OperationRefused, type Operator } from '../asterisk/operate.js';
import type { Forms } from '../asterisk/forms.js';
import type { Look } from '../asterisk/look.js';
import { saveFormats, type OperationRequest, type SaveFormat } from '../shared/protocol.js';
import { selector, type Selection } from '../shared/selection.js';
import { readJson, RequestError, send, sendJson } from './answer.js';
import type { History } from './history.js';

/** Asterisk itself takes no body above 40 KiB. */
const MOST_BODY_BYTES = 64 * 1024;

export interface ApiParts {
  readonly operator: Operator;
  readonly forms: Forms;
  readonly look: Look;
  readonly history: History;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** What the page can ask for, by method and path. */
export function apiRoutes({ operator, forms, look, history }: ApiParts): ReadonlyMap<string, Handler> {
  const json = 'application/json';
  return new Map<string, Handler>([
    ['GET /api/operations', (_request, response) => send(response, 200, json, forms.text)],
    ['GET /api/objects', async (_request, response) => sendJson(response, 200, await look.now())],
    [
      'POST /api/operation',
      async (request, response) => {
        const asked = operationIn(await readJson(request, MOST_BODY_BYTES));
        const gone = new AbortController();
        response.on('close', () => gone.abort());
        sendJson(response, 200, await operator.run(asked, gone.signal));
      },
    ],
    [
      'POST /api/save',
      async (request, response) => {
        const { format, selection } = await readJson(request, MOST_BODY_BYTES);
        if (!isFormat(format)) throw new RequestError(400, `format must be one of ${saveFormats.join(', ')}.`);
        if (!isSelection(selection)) throw new RequestError(400, 'selection must be an object of lists and texts.');
        send(response, 200, 'text/plain; charset=utf-8', write(history, selection, format));
      },
    ],
  ]);
}

/** The statuses and words of what is refused; anything else is a mistake of ours. */
export function refusalOf(error: unknown): { readonly status: number; readonly message: string } | undefined {
  if (!(error instanceof RequestError || error instanceof OperationRefused)) return undefined;
  return { status: error.status, message: error.message };
}

function operationIn({ operation, params, confirmed }: Record<string, unknown>): OperationRequest {
  const isRecord = typeof params === 'object' && params !== null && !Array.isArray(params);
  if (typeof operation !== 'string' || !isRecord) {
    throw new RequestError(400, 'operation must be a name, and params an object.');
  }
  return { operation, params: params as Record<string, unknown>, confirmed: confirmed === true };
}

function isFormat(value: unknown): value is SaveFormat {
  return (saveFormats as readonly unknown[]).includes(value);
}

const isTexts = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';

function isSelection(value: unknown): value is Selection {
  if (typeof value !== 'object' || value === null) return false;
  const { objects, types, kinds, application, text } = value as Record<string, unknown>;
  return [objects, types, kinds].every(isTexts) && [application, text].every(isText);
}

function write(history: History, selection: Selection, format: SaveFormat): string {
  const entries = parse(history.after(0).texts.join('\n')).filter(selector(selection));
  switch (format) {
    case 'jsonl':
      return stringify(entries);
    case 'mermaid':
      return mermaid(entries);
    case 'text':
      return ladder(entries);
    case 'html':
      return html(entries, { title: 'Calls on Asterisk' });
  }
}
