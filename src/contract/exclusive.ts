/** Parameters that exclude each other: any of `A`, or any of `B`, but not of both. */
export type Exclusive<A extends PropertyKey, B extends PropertyKey> =
  | { readonly [K in A]?: undefined }
  | { readonly [K in B]?: undefined };
