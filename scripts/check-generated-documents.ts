import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Asterisk's documents of one release, just as they are. */
export interface Documents {
  readonly resources: readonly ResourceDocument[];
  readonly models: Readonly<Record<string, ModelDocument>>;
}

export interface ResourceDocument {
  /** `deviceStates`. */
  readonly name: string;
  readonly apis: readonly { readonly path: string; readonly operations: readonly OperationDocument[] }[];
  readonly models?: Readonly<Record<string, ModelDocument>>;
}

export interface OperationDocument {
  readonly httpMethod: string;
  readonly nickname: string;
  readonly responseClass: string;
  readonly parameters?: readonly ParameterDocument[];
  readonly errorResponses?: readonly { readonly code: number | string }[];
}

export interface ParameterDocument {
  readonly name: string;
  readonly paramType: 'path' | 'query' | 'body';
  readonly required?: boolean;
  readonly allowMultiple?: boolean;
  readonly allowableValues?: AllowableValues;
}

export interface ModelDocument {
  readonly properties: Readonly<Record<string, PropertyDocument>>;
  readonly subTypes?: readonly string[];
}

export interface PropertyDocument {
  readonly type: string;
  readonly allowableValues?: AllowableValues;
}

export interface AllowableValues {
  readonly valueType: 'LIST' | 'RANGE';
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

/** What one check found. */
export interface Result {
  readonly missing: string[];
  /** How many facts were looked for: a check that looks for nothing proves nothing. */
  readonly checked: number;
}

export function readDocuments(folder: string): Documents {
  const { apis } = read<{ apis: { path: string }[] }>(join(folder, 'resources.json'));
  const resources = apis.map(({ path }) => {
    const file = basename(path).replace('{format}', 'json');
    const document = read<Omit<ResourceDocument, 'name'>>(join(folder, file));
    return Object.assign(document, { name: file.replace(/\.json$/, '') });
  });
  return { resources, models: Object.assign({}, ...resources.map(({ models }) => models ?? {})) };
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
