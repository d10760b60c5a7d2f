/** The parameters of a path in their order: `/endpoints/{tech}/{resource}` → `tech`, `resource`. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

/** Whether a path can be sent as it stands, once its parameters are filled in. */
export function isPath(path: string): boolean {
  const segments = path.slice(1).replace(/\/$/, '').split('/');
  return segments.every((segment) => /^(?:[\w.~!$&'()*+,;=:@-]|\{\w+\})+$/.test(segment) && !/^\.\.?$/.test(segment));
}
