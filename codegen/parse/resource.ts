import { CodegenError } from '../errors.js';
import type { AllowedValues } from '../model/types.js';
import { parseJson } from './json.js';
import type { IndexEntry } from './resource-index.js';
import { resourceSchema, type RawResource } from './schema.js';
import type {
  ModelDocument,
  OperationDocument,
  ParameterDocument,
  PropertyDocument,
  ResourceDocument,
} from './types.js';
import { validate, type Warn } from './validate.js';

type RawOperation = RawResource['apis'][number]['operations'][number];
type RawParameter = NonNullable<RawOperation['parameters']>[number];
type RawError = NonNullable<RawOperation['errorResponses']>[number];
type RawModel = NonNullable<RawResource['models']>[string];
type RawProperty = RawModel['properties'][string];
type RawAllowed = NonNullable<RawParameter['allowableValues']>;

/** Parses one document, absent keys filled in and misspelled ones put right. */
export function parseResource(entry: IndexEntry, text: string, warn: Warn): ResourceDocument {
  const { file, name, description } = entry;
  const raw = validate(resourceSchema, file, parseJson(file, text), warn);
  return {
    file,
    name,
    ...defined({ description: description ?? raw.description }),
    apiVersion: raw.apiVersion,
    swaggerVersion: raw.swaggerVersion,
    resourcePath: raw.resourcePath,
    since: raw.since ?? [],
    requiresModules: raw.requiresModules ?? [],
    apis: raw.apis.map(({ path, description, operations }) => ({
      path,
      ...defined({ description }),
      operations: operations.map(toOperation),
    })),
    models: Object.entries(raw.models ?? {}).map(([key, model]) => toModel(file, key, model)),
  };
}

function toOperation(raw: RawOperation): OperationDocument {
  return {
    httpMethod: raw.httpMethod,
    nickname: raw.nickname,
    responseClass: raw.responseClass,
    ...defined({ summary: raw.summary, notes: raw.notes }),
    since: raw.since ?? [],
    ...defined({ upgrade: raw.upgrade, websocketProtocol: raw.websocketProtocol }),
    parameters: (raw.parameters ?? []).map(toParameter),
    errorResponses: (raw.errorResponses ?? []).map(toErrorResponse),
  };
}

function toErrorResponse({ code, reason }: RawError): OperationDocument['errorResponses'][number] {
  return { code, ...defined({ reason }) };
}

function toParameter(raw: RawParameter): ParameterDocument {
  return {
    name: raw.name,
    ...defined({ description: raw.description ?? raw.descriptioni }),
    paramType: raw.paramType,
    dataType: raw.dataType,
    // endpoints.json leaves `required` out of path parameters; there is no path without them
    required: raw.paramType === 'path' || (raw.required ?? false),
    allowMultiple: raw.allowMultiple ?? false,
    ...defined({ defaultValue: raw.defaultValue ?? raw.defalutValue }),
    ...defined({ allowableValues: toAllowed(raw.allowableValues) }),
  };
}

function toModel(file: string, key: string, raw: RawModel): ModelDocument {
  if (raw.id !== key) throw new CodegenError(`its id is '${raw.id}'`, { file, at: `model ${key}`, allowed: [key] });
  return {
    id: raw.id,
    ...defined({ description: raw.description, extends: raw.extends }),
    ...defined({ subTypes: raw.subTypes, discriminator: raw.discriminator }),
    properties: Object.entries(raw.properties).map(([name, property]) => toProperty(name, property)),
  };
}

function toProperty(name: string, { type, required, description, allowableValues }: RawProperty): PropertyDocument {
  return {
    name,
    type,
    required: required ?? false,
    ...defined({ description, allowableValues: toAllowed(allowableValues) }),
  };
}

function toAllowed(raw: RawAllowed | undefined): AllowedValues | undefined {
  if (raw === undefined) return undefined;
  if (raw.valueType === 'LIST') return { kind: 'list', values: raw.values };
  return { kind: 'range', ...defined({ min: raw.min, max: raw.max }) };
}

/** Only the members that have a value: an absent key and an undefined one are different things to JSON and to us. */
function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
