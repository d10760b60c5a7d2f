/** Parameters that take the URI of an event source: of any, or of what a user event may be about. */
export type SourceKind = 'source' | 'subject';

export function isSource(accepts: string | undefined): accepts is SourceKind {
  return accepts === 'source' || accepts === 'subject';
}

/** The schemes of what a user event may be about; Asterisk refuses the others. */
const subjectSchemes: ReadonlySet<string> = new Set(['channel', 'bridge', 'endpoint']);

/** Whether a parameter of the kind takes URIs of the scheme. */
export function takesScheme(kind: SourceKind, scheme: string): boolean {
  return kind === 'source' || subjectSchemes.has(scheme);
}
