import { AriHttpError, type StoredFile } from 'asterisk-ari';
import { dangerOf } from '../shared/danger.js';
import type { OperationForm } from '../shared/operation.js';
import type { Failure, OperationOutcome, OperationRequest, SavedFile } from '../shared/protocol.js';
import type { Client } from './connect.js';
import type { Forms } from './forms.js';

/** How long an operation may take. */
const TIMEOUT_MS = 30_000;
/** A larger file is not handed to the page. */
const MOST_BYTES = 8 * 2 ** 20;

/** What the page may not have done, or not yet. */
export class OperationRefused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Method = (params: object, options: { signal: AbortSignal; timeoutMs: number }) => Promise<unknown>;

/** Carries out what the page's forms ask for. */
export class Operator {
  readonly #client: Client;
  readonly #forms: Forms;
  readonly #readOnly: boolean;

  constructor(client: Client, forms: Forms, readOnly: boolean) {
    this.#client = client;
    this.#forms = forms;
    this.#readOnly = readOnly;
  }

  /**
   * @returns how it went; that Asterisk or the SDK refused it is an outcome
   * @throws {OperationRefused} for what the page should not have asked for
   */
  async run({ operation, params, confirmed }: OperationRequest, signal: AbortSignal): Promise<OperationOutcome> {
    const call = this.#allowed(operation, params, confirmed === true);
    const began = performance.now();
    const ms = (): number => Math.round((performance.now() - began) * 10) / 10;
    try {
      const result = await call(params, { signal, timeoutMs: TIMEOUT_MS });
      return { ok: true, ms: ms(), ...(await presentable(result)) };
    } catch (error) {
      return { ok: false, ms: ms(), error: failure(error) };
    }
  }

  #allowed(id: string, params: OperationRequest['params'], isConfirmed: boolean): Method {
    const form = this.#forms.find(id);
    if (form === undefined)
      throw new OperationRefused(404, `Asterisk ${this.#forms.release} has no operation '${id}'.`);
    const danger = dangerOf(form, params);
    if (this.#readOnly && (form.method !== 'GET' || danger !== undefined)) {
      throw new OperationRefused(
        403,
        'The explorer was started with --read-only: it sends nothing but GET, and reads no function that may do more than tell something.',
      );
    }
    if (danger !== undefined && !isConfirmed) throw new OperationRefused(409, `${danger} It must be confirmed.`);
    return methodOf(this.#client, form);
  }
}

function methodOf(client: Client, { id }: OperationForm): Method {
  const [resource = '', name = ''] = id.split('.');
  const repository = (client as unknown as Record<string, Record<string, unknown>>)[resource];
  const method = repository?.[name];
  if (typeof method !== 'function') throw new OperationRefused(404, `asterisk-ari has no bindings for '${id}'.`);
  return method.bind(repository) as Method;
}

async function presentable(result: unknown): Promise<{ readonly result?: unknown; readonly file?: SavedFile }> {
  if (!isFile(result)) return result === undefined ? {} : { result };
  if ((result.size ?? 0) > MOST_BYTES) {
    result.cancel();
    return { file: { bytes: result.size ?? 0 } };
  }
  const bytes = await result.buffer();
  return { file: { bytes: bytes.length, data: bytes.toString('base64') } };
}

function isFile(result: unknown): result is StoredFile {
  return typeof result === 'object' && result !== null && 'contentType' in result && 'cancel' in result;
}

/** The SDK keeps credentials out of its errors; nothing but their words goes to the page. */
function failure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const status = error instanceof AriHttpError ? { status: error.status } : {};
  return { name: error.name, message: error.message, ...status };
}
