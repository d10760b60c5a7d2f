/** What stands between the slashes of a path, as it was before it was encoded. */
export function segmentsOf(path: string): string[] {
  return path.split('/').map(decoded);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
