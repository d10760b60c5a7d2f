/** A JSON Schema of dialect 2020-12, or another part of an OpenAPI document. */
export type Json = { readonly [field: string]: unknown };
