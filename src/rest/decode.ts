import type { Bindings, ObjectBinding } from '../contract/bindings.js';
import type { Operation, Result } from '../contract/operation.js';
import type { AriError } from '../errors/ari-error.js';
import { errorFromStatus } from '../errors/from-status.js';
import { AriHttpError, describeFailure, type HttpFailure } from '../errors/http-error.js';
import { AriProtocolError } from '../errors/protocol-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import { cleanError } from '../support/clean-error.js';
import { mustBe } from '../support/describe.js';
import { isAsteriskPage, isMissingPage } from './booting.js';
import type { AriRequest } from './request.js';
import { messageOf } from './server-message.js';
import { isSince } from './server-release.js';
import { StoredFile } from './stored-file.js';
import type { AriResponse } from './transport.js';

/** What answers are read with. */
export interface AnswerReader {
  readonly bindings: Bindings;
  /** Makes a domain object. */
  readonly make: (binding: ObjectBinding, data: object) => unknown;
  /** Looks at an answer before anybody gets it. @throws {AriProtocolError} if nobody is to get it */
  readonly check: (operation: Operation, data: unknown) => void;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
}

/** What an operation promises, out of the answer: nothing, data, domain objects or a file. */
export function decodeResult(reader: AnswerReader, { operation }: AriRequest, response: AriResponse): unknown {
  const { returns } = operation;
  if (returns.kind === 'void' || (operation.foreign && response.text === '')) {
    return undefined;
  }
  if (returns.kind === 'binary') {
    const { stream, contentType, size } = response;
    if (stream === undefined) {
      throw new AriProtocolError(`${operation.name}: ${response.status} without the file`);
    }
    return new StoredFile(stream, contentType, size);
  }
  const data = parse(reader, operation, response);
  checkShape(operation, data);
  reader.check(operation, data);
  return returns.kind === 'object' ? promote(reader, operation, returns.object, data) : data;
}

function parse({ redact }: AnswerReader, operation: Operation, { status, text }: AriResponse): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // It quotes what it could not read.
    const cause = cleanError(error as Error, redact);
    throw new AriProtocolError(`${operation.name}: ${status} with a body that is not JSON`, { cause });
  }
}

/** @throws {AriProtocolError} if it has not the shape that was promised; what is in it may still be anything */
function checkShape({ name, returns }: Operation, data: unknown): void {
  const missed = missedShape(returns, data);
  if (missed !== undefined) {
    throw new AriProtocolError(`${name}: the answer is not ${missed}`);
  }
}

function missedShape(returns: Result, data: unknown): string | undefined {
  if (returns.kind === 'object') {
    const isSound = returns.list ? Array.isArray(data) && data.every(isObject) : isObject(data);
    return isSound ? undefined : `a ${returns.list ? 'list of ' : ''}${returns.object}`;
  }
  const shape = returns.kind === 'data' ? returns.shape : undefined;
  if (shape === 'list') {
    return Array.isArray(data) ? undefined : 'a list';
  }
  return shape === undefined || isObject(data) ? undefined : 'an object';
}

function isObject(data: unknown): data is object {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** Makes domain objects of data. */
function promote({ bindings, make }: AnswerReader, operation: Operation, kind: string, data: unknown): unknown {
  const binding = bindings.objects[kind] as ObjectBinding;
  const promoted = (item: object): unknown => {
    checkLists(operation, binding, item);
    return make(binding, item);
  };
  return Array.isArray(data) ? (data as object[]).map(promoted) : promoted(data as object);
}

/** @throws {AriProtocolError} for what is no list where one goes on as with a list */
function checkLists({ name }: Operation, { lists = [] }: ObjectBinding, item: object): void {
  for (const field of lists) {
    const value = (item as Record<string, unknown>)[field];
    if (value !== undefined && !Array.isArray(value)) {
      throw new AriProtocolError(`${name}: the answer is not as described: ${field} ${mustBe('a list', value)}`);
    }
  }
}

/** The error that an answer stands for. `server` is the release of the Asterisk asked, if it is known. */
export function decodeError(
  { bindings, redact }: AnswerReader,
  server: string | undefined,
  { operation, path }: AriRequest,
  response: AriResponse,
): AriError {
  const { status, text, contentType } = response;
  const serverMessage = messageOf(text, contentType, redact);
  const failure = { operation: operation.name, method: operation.method, path, status, serverMessage };
  if (isMissingPage(response)) {
    return new AriHttpError(failure, explainPage(failure, isAsteriskPage(response)));
  }
  if (!isUnsupported(failure)) {
    return errorFromStatus(failure, likelyCause(failure));
  }
  const { since = [], foreign } = operation;
  return !foreign && hasSlash(path) && isSince(server, since.length > 0 ? since : [bindings.release])
    ? new AriHttpError(failure, redact(explainSlash(failure, server, operation)))
    : new UnsupportedOperationError(failure, redact(explainUnsupported(bindings, server, operation, failure)));
}

/** Whether an id in the path has a slash. */
function hasSlash(path: string): boolean {
  return path.includes('%2F');
}

function explainPage(failure: HttpFailure, isAsterisks: boolean): string {
  const origin = isAsterisks ? 'Asterisk, which has no ARI at that path' : 'something between this client and Asterisk';
  const hint = hasSlash(failure.path) ? '; it may change an encoded slash (%2F) on its way, or let none through' : '';
  return `${describeFailure(failure)}: that is not an answer of ARI, but a page of ${origin}${hint}`;
}

function explainSlash(failure: HttpFailure, server: string | undefined, { requires = [] }: Operation): string {
  const modules = requires.length === 0 ? '' : `, unless the module ${requires.join(' or ')} is not loaded`;
  return (
    `${describeFailure(failure)}: Asterisk ${server} has this operation${modules}. Something between this client and ` +
    'Asterisk seems to decode the encoded slash (%2F) of the path, as nginx does where proxy_pass has a path of its own'
  );
}

/** Where Asterisk says nothing of use, what it most likely means. */
function likelyCause({ operation, status, serverMessage, method, path }: HttpFailure): string | undefined {
  return status === 500 && (operation === 'channels.record' || operation === 'bridges.record')
    ? `${operation}: 500 ${serverMessage} (${method} ${path}): is the folder of recordings, 'recording' below Asterisk's ` +
        'spool directory, there and may Asterisk write to it; does it know the format?'
    : undefined;
}

/** Asterisk's router and its modules use these words where there is no such operation; a missing object has others. */
function isUnsupported({ status, serverMessage }: HttpFailure): boolean {
  return (
    (status === 404 && serverMessage === 'Resource not found') ||
    (status === 405 && serverMessage === 'Invalid method') ||
    status === 501
  );
}

function explainUnsupported(
  bindings: Bindings,
  server: string | undefined,
  { name, since, requires, foreign }: Operation,
  { status, serverMessage }: HttpFailure,
): string {
  const here = server === undefined ? 'this Asterisk' : `Asterisk ${server}`;
  const refusal = `${name} is not offered by ${here} (${status} ${serverMessage})`;
  if (foreign) {
    return refusal;
  }
  const known = since === undefined || since.length === 0 ? '' : `; Asterisk has it since ${since.join(', ')}`;
  const modules =
    requires === undefined || requires.length === 0 ? '' : `; it needs the module ${requires.join(' or ')}`;
  return (
    `${refusal}. The bindings were made from ${bindings.release}` +
    `${known}${modules}. Bindings of that very server: npx ari-codegen --url URL`
  );
}
