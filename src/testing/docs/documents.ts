/** The parts of Asterisk's API documents (Swagger 1.1) that the double reads. */
export interface ResourceListing {
  readonly apiVersion: string;
  readonly basePath: string;
  readonly apis: readonly { readonly path: string }[];
}

/** One document: the operations of a resource. */
export interface ResourceDocument {
  readonly basePath: string;
  readonly resourcePath: string;
  readonly apis: readonly DocumentedPath[];
}

/** A path and what can be done with it. */
interface DocumentedPath {
  readonly path: string;
  readonly operations: readonly DocumentedOperation[];
}

export interface DocumentedOperation {
  readonly httpMethod: string;
  readonly nickname: string;
  readonly parameters?: readonly DocumentedParameter[];
  readonly upgrade?: string;
}

export interface DocumentedParameter {
  readonly name: string;
  readonly paramType: string;
  readonly dataType: string;
  readonly allowMultiple?: boolean;
}

/** The documents of one branch as they lie on disk: file name to parsed content. */
export interface ApiDocuments {
  readonly listing: ResourceListing;
  /** Resource name (`channels`) to its document. */
  readonly resources: ReadonlyMap<string, ResourceDocument>;
}
