import { readApi } from '../generate.js';
import type { Source } from '../load/types.js';
import type { ApiModel, EventModel } from '../model/types.js';
import { failureName, pathsOf } from './operations.js';
import { eventSchema, objectSchema, reference } from './schemas.js';
import type { Json } from './types.js';

/** Name of the schema of any event. */
const anyEvent = 'Event';

/** The interface of a release as an OpenAPI 3.1 document, for tools that read no Swagger 1.1. */
export async function openapi(source: Source): Promise<Json> {
  const { model } = await readApi(source);
  return openapiOf(model);
}

function openapiOf({ release, resources, models, events }: ApiModel): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Asterisk REST Interface', version: release },
    servers: [{ url: 'http://localhost:8088/ari' }],
    security: [{ basic: [] }, { apiKey: [] }],
    tags: resources.map(({ name, description }) => ({ name, ...(description !== undefined && { description }) })),
    paths: pathsOf(resources),
    webhooks: Object.fromEntries(events.map((event) => [event.name, webhookOf(event)])),
    components: {
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic' },
        apiKey: {
          type: 'apiKey',
          in: 'query',
          name: 'api_key',
          description: 'Name and password, with a colon between.',
        },
      },
      schemas: {
        [failureName]: {
          type: 'object',
          description: 'What Asterisk says of a request that it refuses: one of the two.',
          properties: { message: { type: 'string' }, error: { type: 'string' } },
        },
        ...Object.fromEntries(
          models.filter(({ eventBase }) => !eventBase).map((each) => [each.name, objectSchema(each)]),
        ),
        ...Object.fromEntries(events.map((event) => [event.name, eventSchema(event)])),
        [anyEvent]: unionOf(events),
      },
    },
  };
}

function unionOf(events: readonly EventModel[]): Json {
  const mapping = Object.fromEntries(events.map(({ name }) => [name, `#/components/schemas/${name}`]));
  return { oneOf: events.map(({ name }) => reference(name)), discriminator: { propertyName: 'type', mapping } };
}

/** Events come as messages of a WebSocket; of what OpenAPI has, a webhook comes closest. */
function webhookOf({ name, description }: EventModel): Json {
  return {
    post: {
      operationId: name,
      tags: ['events'],
      summary: description ?? name,
      description: 'A message of the WebSocket that `GET /events` opens; nothing is answered.',
      requestBody: { required: true, content: { 'application/json': { schema: reference(name) } } },
      responses: { default: { description: 'There is no answer.' } },
    },
  };
}
