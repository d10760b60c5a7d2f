/** Keeps a map or a set from growing beyond so many: what came first goes first. */
export function dropOldest<K>(all: Map<K, unknown> | Set<K>, max: number): void {
  if (all.size > max) {
    const [oldest] = all.keys();
    all.delete(oldest as K);
  }
}
