/**
 * The documents after parsing: Swagger 1.1 with its irregularities evened out (see `schema.ts`), still in the documents'
 * own words and order. `facts/` writes it back as JSON without prose, `model/` makes the interface of it.
 */
import type { AllowedValues } from '../model/types.js';

export interface ApiDocuments {
  /** The documents' own version (`10.0.0`): it names the branch and nothing finer. */
  readonly apiVersion: string;
  readonly swaggerVersion: string;
  /** In the order of `resources.json`. */
  readonly documents: readonly ResourceDocument[];
}

export interface ResourceDocument {
  /** `deviceStates.json`. */
  readonly file: string;
  /** `deviceStates`. */
  readonly name: string;
  readonly description?: string;
  readonly apiVersion: string;
  readonly swaggerVersion: string;
  readonly resourcePath: string;
  readonly since: readonly string[];
  readonly requiresModules: readonly string[];
  readonly apis: readonly ApiPath[];
  readonly models: readonly ModelDocument[];
}

interface ApiPath {
  readonly path: string;
  readonly description?: string;
  readonly operations: readonly OperationDocument[];
}

export interface OperationDocument {
  readonly httpMethod: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly nickname: string;
  readonly responseClass: string;
  readonly summary?: string;
  readonly notes?: string;
  readonly since: readonly string[];
  readonly upgrade?: 'websocket';
  readonly websocketProtocol?: string;
  readonly parameters: readonly ParameterDocument[];
  readonly errorResponses: readonly { readonly code: number; readonly reason?: string }[];
}

export interface ParameterDocument {
  readonly name: string;
  readonly description?: string;
  readonly paramType: 'path' | 'query' | 'body';
  readonly dataType: string;
  readonly required: boolean;
  readonly allowMultiple: boolean;
  readonly defaultValue?: string | number | boolean;
  readonly allowableValues?: AllowedValues;
}

export interface ModelDocument {
  readonly id: string;
  readonly description?: string;
  readonly extends?: string;
  readonly subTypes?: readonly string[];
  readonly discriminator?: string;
  readonly properties: readonly PropertyDocument[];
}

export interface PropertyDocument {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description?: string;
  readonly allowableValues?: AllowedValues;
}
