/**
 * What a document says without how it says it: paths, names, types, values, codes. Swagger 1.1 as Asterisk writes it, keys
 * in one order, no prose. The same facts from Asterisk's own documents and from our copy of them.
 */
import type { AllowedValues } from '../model/types.js';
import type {
  ApiDocuments,
  ModelDocument,
  OperationDocument,
  ParameterDocument,
  ResourceDocument,
} from '../parse/types.js';
import { INDEX_FILE } from '../parse/resource-index.js';

type Json = Readonly<Record<string, unknown>>;

/** A running server puts its own address there: it is not a fact of the interface. */
const BASE_PATH = 'http://localhost:8088/ari';

/** The facts of all documents, by file name. */
export function facts(api: ApiDocuments): ReadonlyMap<string, Json> {
  const index = {
    apiVersion: api.apiVersion,
    swaggerVersion: api.swaggerVersion,
    basePath: BASE_PATH,
    apis: api.documents.map(({ name }) => ({ path: `/api-docs/${name}.{format}` })),
  };
  return new Map<string, Json>([
    [INDEX_FILE, index],
    ...api.documents.map((doc) => [doc.file, document(doc)] as const),
  ]);
}

/** The text of a facts file. */
export function factsText(json: unknown): string {
  return `${JSON.stringify(json, null, 2)}\n`;
}

function document(doc: ResourceDocument): Json {
  return {
    apiVersion: doc.apiVersion,
    swaggerVersion: doc.swaggerVersion,
    basePath: BASE_PATH,
    resourcePath: doc.resourcePath,
    ...filled({ since: doc.since, requiresModules: doc.requiresModules }),
    apis: doc.apis.map(({ path, operations }) => ({ path, operations: operations.map(operation) })),
    models: Object.fromEntries(doc.models.map((model) => [model.id, modelFacts(model)])),
  };
}

function operation(op: OperationDocument): Json {
  return {
    httpMethod: op.httpMethod,
    nickname: op.nickname,
    responseClass: op.responseClass,
    ...filled({ since: op.since }),
    ...given({ upgrade: op.upgrade, websocketProtocol: op.websocketProtocol }),
    parameters: op.parameters.map(parameter),
    errorResponses: op.errorResponses.map(({ code }) => ({ code })),
  };
}

function parameter(param: ParameterDocument): Json {
  return {
    name: param.name,
    paramType: param.paramType,
    required: param.required,
    allowMultiple: param.allowMultiple,
    dataType: param.dataType,
    ...given({ defaultValue: param.defaultValue, allowableValues: allowed(param.allowableValues) }),
  };
}

function modelFacts(model: ModelDocument): Json {
  return {
    id: model.id,
    ...given({
      extends: model.extends,
      subTypes: model.subTypes,
      discriminator: model.discriminator,
    }),
    properties: Object.fromEntries(
      model.properties.map(({ name, type, required, allowableValues }) => [
        name,
        { type, required, ...given({ allowableValues: allowed(allowableValues) }) },
      ]),
    ),
  };
}

function allowed(values: AllowedValues | undefined): Json | undefined {
  if (values === undefined) return undefined;
  if (values.kind === 'list') return { valueType: 'LIST', values: values.values };
  return { valueType: 'RANGE', ...given({ min: values.min, max: values.max }) };
}

function given(members: Json): Json {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function filled(members: Readonly<Record<string, readonly unknown[]>>): Json {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value.length > 0));
}
