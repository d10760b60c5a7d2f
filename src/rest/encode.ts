import type { Operation } from '../contract/operation.js';
import { uniqueId } from '../support/unique-id.js';
import { refuseFatal } from './fatal.js';
import { checkTogether } from './forms.js';
import { checkNewIds } from './new-ids.js';
import { checkParameter, type ParameterValue } from './parameters.js';
import { missing, refuse } from './refuse.js';
import type { AriRequest } from './request.js';
import { staysWhole } from './separation.js';

/**
 * Checks the arguments of a call and puts each where Asterisk reads it best: ids in the path, everything else of POST
 * and PUT in a JSON body (no length limit of the request line, lists taken verbatim), of GET and DELETE in the query, as
 * beside a parameter that is itself the body.
 * @throws {AriValidationError} naming the parameter and what is allowed
 */
export function encodeRequest(operation: Operation, params: object = {}): AriRequest {
  const values = collect(operation, params);
  checkTogether(operation, values);
  checkNewIds(operation, values);
  refuseFatal(operation, values);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => segment(operation, name, values.get(name)));
  const hasBody = operation.method === 'POST' || operation.method === 'PUT';
  const whole = hasBody ? wholeBody(operation) : undefined;
  if (whole !== undefined) {
    const body = values.get(whole);
    values.delete(whole);
    return { operation, path, query: encodeQuery(operation, values), body: JSON.stringify(body) };
  }
  return {
    operation,
    path,
    query: hasBody ? '' : encodeQuery(operation, values),
    body: hasBody ? encodeBody(operation, values) : undefined,
  };
}

/** The parameter that is the body, where an operation has one: the others have no place in it then. */
function wholeBody({ params }: Operation): string | undefined {
  for (const name in params) {
    if (params[name]?.wholeBody) {
      return name;
    }
  }
  return undefined;
}

function collect(operation: Operation, params: object): Map<string, ParameterValue> {
  const values = new Map<string, ParameterValue>();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) {
      values.set(name, checkParameter(operation, name, value));
    }
  }
  for (const name in operation.params) {
    if (!values.has(name)) {
      const parameter = operation.params[name];
      if (parameter?.generated) {
        values.set(name, uniqueId());
      } else if (parameter?.required) {
        throw missing(operation, name);
      }
    }
  }
  return values;
}

/**
 * One path segment. Empty ones are refused because Asterisk stops routing there and runs the parent operation; `.` and
 * `..` because every URL parser removes them, however they are escaped.
 */
function segment(operation: Operation, name: string, value: ParameterValue | undefined): string {
  if (value === undefined) {
    throw missing(operation, name);
  }
  const text = asText(value);
  if (text === '' || text === '.' || text === '..') {
    throw refuse(operation, name, `must not be ${text === '' ? 'empty' : `'${text}'`}`);
  }
  try {
    return encodeURIComponent(text);
  } catch {
    throw refuse(operation, name, 'must be well-formed Unicode');
  }
}

function encodeQuery(operation: Operation, values: ReadonlyMap<string, ParameterValue>): string {
  const query = new URLSearchParams();
  for (const [name, value] of values) {
    if (operation.params[name]?.in !== 'path') {
      query.set(name, Array.isArray(value) ? joinList(operation, name, value) : asText(value));
    }
  }
  return query.toString();
}

function asText(value: ParameterValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Asterisk splits a list in a query at commas, and takes quotes, backslashes and parentheses for its own. */
function joinList(operation: Operation, name: string, items: readonly unknown[]): string {
  const unsafe = items.find((item) => !staysWhole(String(item)));
  if (unsafe !== undefined) {
    const reason = 'commas, quotes, backslashes and unbalanced parentheses or brackets';
    throw refuse(operation, name, `cannot be sent with ${reason} in an item of a query: ${JSON.stringify(unsafe)}`);
  }
  return items.join(',');
}

function encodeBody(operation: Operation, values: ReadonlyMap<string, ParameterValue>): string | undefined {
  const body: Record<string, ParameterValue> = {};
  let empty = true;
  for (const [name, value] of values) {
    if (operation.params[name]?.in !== 'path') {
      body[name] = value;
      empty = false;
    }
  }
  return empty ? undefined : JSON.stringify(body);
}
