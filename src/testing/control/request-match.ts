/** Which requests are meant: all that agree with everything that is said here. */
export interface RequestMatch {
  /** `POST`, in letters of either case; any method without it. */
  readonly method?: string;
  /**
   * The path below `/ari`, with its leading slash and without its query; any path without it. In a string, an asterisk
   * stands for one segment or a part of one.
   */
  readonly path?: string | RegExp;
}

export interface RequestLine {
  readonly method: string;
  /** Below `/ari`, with its leading slash and without its query. */
  readonly path: string;
}

export function matches(match: RequestMatch, { method, path }: RequestLine): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  return match.path instanceof RegExp ? match.path.test(path) : expression(match.path).test(path);
}

function expression(pattern: string): RegExp {
  const segments = pattern.split('*').map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`));
  return new RegExp(`^${segments.join('[^/]*')}$`);
}
