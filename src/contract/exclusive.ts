/** Parameters that exclude each other: any of `A`, or any of `B`, but not of both. */
export type Exclusive<A extends PropertyKey, B extends PropertyKey> =
  | { readonly [K in A]?: undefined }
  | { readonly [K in B]?: undefined };

/** `Omit`, of each part of a union by itself: what excludes each other still does. */
export type OmitEach<P, K extends PropertyKey> = P extends unknown ? Omit<P, K> : never;
