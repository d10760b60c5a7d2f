import { STATUS_CODES } from 'node:http';
import type { Operation, Resource } from '../model/types.js';
import { parametersOf, requestBodyOf } from './parameters.js';
import { reference, schemaOf } from './schemas.js';
import type { Json } from './types.js';

/** Name of the schema of what Asterisk says of a request that failed. */
export const failureName = 'RequestFailure';

/** The paths, each with its operations by method. */
export function pathsOf(resources: readonly Resource[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { name, operations } of resources) {
    for (const operation of operations) {
      const item = (paths[operation.path] ??= {});
      item[operation.httpMethod.toLowerCase()] = operationOf(name, operation);
    }
  }
  return paths;
}

function operationOf(tag: string, operation: Operation): Json {
  const { id, summary, notes, since } = operation;
  const requestBody = requestBodyOf(operation);
  const parameters = parametersOf(operation);
  const description = [notes, since.length > 0 ? `Since Asterisk ${since.join(', ')}.` : undefined];
  const text = description.filter((each) => each !== undefined).join('\n\n');
  return {
    operationId: id,
    tags: [tag],
    ...(summary !== undefined && { summary }),
    ...(text !== '' && { description: text }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody !== undefined && { requestBody }),
    responses: { ...successOf(operation), ...failuresOf(operation) },
  };
}

function successOf({ response, upgrade }: Operation): Json {
  if (upgrade !== undefined) {
    return { 101: { description: 'The connection carries events from here on, as WebSocket messages.' } };
  }
  const schema = schemaOf(response);
  if (schema === undefined) {
    return { 204: { description: 'Done.' } };
  }
  const isFile = response.kind === 'primitive' && response.name === 'binary';
  const content = isFile ? { 'application/octet-stream': {} } : { 'application/json': { schema } };
  return { 200: { description: 'Done.', content } };
}

function failuresOf({ errors }: Operation): Json {
  return Object.fromEntries(
    errors.map(({ code, reason }) => [
      code,
      {
        description: reason ?? STATUS_CODES[code] ?? 'Refused.',
        content: { 'application/json': { schema: reference(failureName) } },
      },
    ]),
  );
}
