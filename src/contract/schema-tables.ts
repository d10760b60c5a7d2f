/** What is asked of a schema here: so much of zod, without loading zod. */
export interface SchemaLike {
  /** Whether the data fits; quicker than asking what is wrong. */
  validate(data: unknown): boolean;
  safeParse(data: unknown): { readonly error?: { readonly issues: readonly SchemaIssue[] } | undefined };
}

/** Of zod's issues, what is read here. */
export interface SchemaIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: unknown;
  readonly values?: readonly unknown[];
}

/** The schemas of one release, as generated: interfaces, one field a schema ({@link SchemaLike}). */
export interface SchemaTables {
  /** By type of event. */
  readonly events: object;
  /** By name of operation, where it answers with JSON: `channels.get`. */
  readonly answers: object;
}
