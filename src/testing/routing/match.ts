import type { RouteNode } from './tree.js';
import { decodeUri } from './uri.js';

/** Where a path leads, with the values of its wildcards. */
export interface RouteMatch {
  readonly node: RouteNode;
  readonly path: ReadonlyMap<string, string>;
}

/**
 * Walks the tree along a path that is still percent-encoded. A literal beats a wildcard, and an empty segment ends the
 * walk where it stands, so that `channels//answer` is `channels`.
 */
export function matchRoute(root: RouteNode, path: string): RouteMatch | undefined {
  const values = new Map<string, string>();
  let node = root;
  for (const raw of path.split('/')) {
    if (raw === '') break;
    const segment = decodeUri(raw);
    const literal = node.literals.get(segment);
    if (literal) {
      node = literal;
    } else if (node.wildcard) {
      values.set(node.wildcard.name, segment);
      node = node.wildcard.node;
    } else {
      return undefined;
    }
  }
  return { node, path: values };
}

/** The value of the `Allow` header at a node, in Asterisk's order. */
export function allowedMethods(node: RouteNode): string {
  const offered = ['GET', 'POST', 'PUT', 'DELETE'].filter((method) => {
    const route = node.methods.get(method);
    return route && route.operation.upgrade === undefined;
  });
  return ['OPTIONS', ...offered].join(',');
}
