/**
 * Swagger 1.1 as Asterisk writes it, release 12 to 24: every key that was ever used, its misspellings included. Objects
 * are strict, so that `validate.ts` learns of unknown keys; what is absent is filled in here, and nowhere else.
 */
import { z } from 'zod';
import { limits } from '../limits.js';

const text = z.string();
const names = z.array(text).max(limits.values);

/** A name that goes over the wire: quoted in code where it must be, so that nearly anything will do. */
const wireName = text
  .min(1)
  .max(limits.name)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`]*$/u, 'a name has printable characters only, and no backtick')
  .refine((name) => name !== '__proto__', 'nothing can be called so here');

/** A name that a type is called by. */
const typeName = text
  .max(limits.name)
  .regex(/^[A-Za-z_$][\w$]*$/, 'the name of a model has letters, digits, _ and $ only, and begins with no digit');

const allowableValues = z.discriminatedUnion('valueType', [
  z.strictObject({ valueType: z.literal('LIST'), values: z.array(text).min(1).max(limits.values) }),
  z.strictObject({
    valueType: z.literal('RANGE'),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
]);

const parameter = z.strictObject({
  name: wireName,
  description: text.optional(),
  /** Misspelled in endpoints.json since 12.5. */
  descriptioni: text.optional(),
  paramType: z.enum(['path', 'query', 'body']),
  dataType: text,
  required: z.boolean().optional(),
  allowMultiple: z.boolean().optional(),
  defaultValue: z.union([text, z.number(), z.boolean()]).optional(),
  /** Misspelled in channels.json up to 16. */
  defalutValue: z.union([text, z.number(), z.boolean()]).optional(),
  allowableValues: allowableValues.optional(),
});

/** A number; channels.move writes it as a string. */
const statusCode = z.union([z.number().int(), text.regex(/^\d{3}$/).transform(Number)]);

const operation = z.strictObject({
  httpMethod: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  nickname: text.min(1).max(limits.name),
  responseClass: text,
  summary: text.optional(),
  notes: text.optional(),
  since: names.optional(),
  upgrade: z.literal('websocket').optional(),
  websocketProtocol: text.optional(),
  parameters: z.array(parameter).max(limits.parameters).optional(),
  errorResponses: z
    .array(z.strictObject({ code: statusCode, reason: text.optional() }))
    .max(limits.values)
    .optional(),
});

/** Types that are no models, nor lists. */
const simpleTypes = new Set(['string', 'int', 'long', 'double', 'float', 'number', 'boolean', 'Date', 'object']);

const property = z.strictObject({
  type: text,
  required: z.boolean().optional(),
  description: text.optional(),
  allowableValues: allowableValues.optional(),
});

const model = z.strictObject({
  id: typeName,
  description: text.optional(),
  /** 12.0 to 12.6 only, in place of `subTypes`. */
  extends: text.optional(),
  subTypes: z.array(text).max(limits.models).optional(),
  discriminator: text.optional(),
  properties: z
    .record(wireName, property)
    // By its method of that name, a domain object is told from its data: a model there might lead back to itself.
    .refine((properties) => simpleTypes.has(properties['toJSON']?.type ?? 'string'), {
      message: "a property called 'toJSON' must be of a simple type",
      path: ['toJSON'],
    }),
});

/** One document of operations and models: `channels.json`. */
export const resourceSchema = z.strictObject({
  apiVersion: text,
  swaggerVersion: text,
  basePath: text.optional(),
  resourcePath: text,
  description: text.optional(),
  since: names.optional(),
  requiresModules: names.optional(),
  apis: z
    .array(
      z.strictObject({
        path: text.startsWith('/').max(limits.path),
        description: text.optional(),
        operations: z.array(operation).max(limits.operations),
      }),
    )
    .max(limits.operations),
  models: z.record(text, model).optional(),
});

/** `resources.json`: the list of documents. */
export const indexSchema = z.strictObject({
  apiVersion: text,
  swaggerVersion: text,
  basePath: text.optional(),
  apis: z
    .array(z.strictObject({ path: text, description: text.optional() }))
    .min(1)
    .max(limits.documents),
});

export type RawResource = z.infer<typeof resourceSchema>;
export type RawIndex = z.infer<typeof indexSchema>;
