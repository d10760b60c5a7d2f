/** The parameters of a path in their order: `/endpoints/{tech}/{resource}` → `tech`, `resource`. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
}
