/** A request of a walk. `~` in any of its texts stands for what tells the names of one walk from those of another. */
export interface Request {
  readonly method: string;
  /** Below `/ari`, with its leading slash; its segments percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON; a text is sent as it is. */
  readonly body?: unknown;
  /** The event socket instead of HTTP. */
  readonly socket?: true;
}

/** One step of a walk: a request, or so many milliseconds in which nothing is asked. */
export type Step = Request | { readonly pause: number };

/** The two applications of a walk. */
export const applications = ['~one', '~two'] as const;

/** The step with the names of one walk. */
export function named<T>(value: T, prefix: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll('~', prefix)) as T;
}
