import type { Operation, Parameter } from '../contract/operation.js';
import { ObjectHandle } from '../contract/object-handle.js';
import type { RequestOptions } from '../contract/request-options.js';
import { AriValidationError } from '../errors/validation-error.js';
import { describe } from '../support/describe.js';

/** Method and path below `/ari` as Asterisk's documents write them, ids in braces: `POST /channels/{channelId}/play`. */
export type RequestRoute = `${Operation['method']} /${string}`;

/** Names in braces. */
type IdsIn<Path extends string> = Path extends `${string}{${infer Id}}${infer Rest}` ? Id | IdsIn<Rest> : never;

/** The ids that a route names, and whatever else Asterisk takes there: values of JSON, and objects for their ids. */
export type RequestParams<Route extends string> = Readonly<Record<string, unknown>> & {
  readonly [Id in IdsIn<Route>]: string | ObjectHandle;
};

/** What follows the route: parameters may only be left out where the route names no id. */
export type RequestArguments<Route extends string> = [IdsIn<Route>] extends [never]
  ? [params?: RequestParams<Route>, options?: RequestOptions]
  : [params: RequestParams<Route>, options?: RequestOptions];

const routePattern = /^(?<method>GET|POST|PUT|DELETE) (?<path>(?:\/(?!\.{1,2}(?:\/|$))(?:[\w.-]+|\{\w+\}))+)$/;

/**
 * A route that the bindings may not know, with parameters as they are given, as an operation. It may take long: nobody
 * can tell.
 * @throws {AriValidationError} for what is no route
 */
export function operationOf(route: unknown, params: unknown): Operation {
  const { method, path } = (typeof route === 'string' ? routePattern.exec(route)?.groups : undefined) ?? {};
  if (method === undefined || path === undefined) {
    const example = "GET, POST, PUT or DELETE and a path with ids in braces, as in 'POST /channels/{channelId}/play'";
    throw new AriValidationError(`request: route must be ${example}, not ${describe(route)}`, 'route');
  }
  const place = method === 'POST' || method === 'PUT' ? 'body' : 'query';
  const described: Record<string, Parameter> = {};
  // What is no object is refused where every call's parameters are.
  const given = typeof params === 'object' && params !== null && !Array.isArray(params) ? params : {};
  for (const [name, value] of Object.entries(given)) {
    described[name] = { in: place, ...typeOf(value, place) };
  }
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    described[name] = { in: 'path', type: 'string', required: true, accepts: 'id' };
  }
  return {
    name: `${method} ${path}`,
    method: method as Operation['method'],
    path,
    params: described,
    returns: { kind: 'data' },
    blocking: true,
    foreign: true,
  };
}

/** How a value is sent. What cannot be sent is refused for not being a string. */
function typeOf(value: unknown, place: 'query' | 'body'): Omit<Parameter, 'in'> {
  if (Array.isArray(value)) {
    const isJson = place === 'body' && !value.every(isIdOrText);
    return isJson ? { type: 'object', list: true } : { type: 'string', list: true, accepts: 'id' };
  }
  if (typeof value === 'number') {
    return { type: 'double' };
  }
  if (typeof value === 'boolean') {
    return { type: 'boolean' };
  }
  const isJson = place === 'body' && typeof value === 'object' && value !== null && !isIdOrText(value);
  return isJson ? { type: 'object' } : { type: 'string', accepts: 'id' };
}

function isIdOrText(value: unknown): boolean {
  return typeof value === 'string' || value instanceof ObjectHandle;
}
