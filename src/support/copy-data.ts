type Container = Record<string, unknown>;

/** A copy of what `JSON.parse` has made, however deeply it is nested: `structuredClone` runs out of stack on that. */
export function copyData(value: unknown): unknown {
  const unfilled: { readonly from: Container; readonly to: Container }[] = [];
  const copy = (item: unknown): unknown => {
    if (typeof item !== 'object' || item === null) {
      return item;
    }
    const to = (Array.isArray(item) ? [] : {}) as Container;
    unfilled.push({ from: item as Container, to });
    return to;
  };
  const root = copy(value);
  for (let next = unfilled.pop(); next !== undefined; next = unfilled.pop()) {
    const { from, to } = next;
    for (const key of Object.keys(from)) {
      put(to, key, copy(from[key]));
    }
  }
  return root;
}

/** To assign to `__proto__` would be something else. */
function put(to: Container, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(to, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    to[key] = value;
  }
}
