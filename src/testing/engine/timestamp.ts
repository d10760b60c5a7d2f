/** A time as ARI writes it: `2026-11-23T01:23:45.678+0000`. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}
