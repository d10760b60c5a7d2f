import type { ApiDocuments, DocumentedOperation } from '../docs/documents.js';

/** A node of the tree of paths: what may follow, and what can be done here. */
export interface RouteNode {
  readonly literals: Map<string, RouteNode>;
  wildcard?: { readonly name: string; readonly node: RouteNode };
  readonly methods: Map<string, Route>;
}

/** One operation at its place. */
export interface Route {
  /** Resource and nickname: `channels.answer`. */
  readonly name: string;
  readonly operation: DocumentedOperation;
}

/** Builds the tree of every path that the documents describe. */
export function buildRoutes(documents: ApiDocuments): RouteNode {
  const root = newNode();
  for (const [resource, document] of documents.resources) {
    for (const { path, operations } of document.apis) {
      const node = descend(root, path.split('/').filter(Boolean));
      for (const operation of operations) {
        node.methods.set(operation.httpMethod, { name: `${resource}.${operation.nickname}`, operation });
      }
    }
  }
  return root;
}

/** Every operation in the tree. */
export function* routesOf(node: RouteNode): Generator<Route> {
  yield* node.methods.values();
  for (const child of node.literals.values()) yield* routesOf(child);
  if (node.wildcard) yield* routesOf(node.wildcard.node);
}

function descend(node: RouteNode, segments: readonly string[]): RouteNode {
  const [segment, ...rest] = segments;
  if (segment === undefined) return node;
  const name = /^\{(.+)\}$/.exec(segment)?.[1];
  return descend(name === undefined ? literalChild(node, segment) : wildcardChild(node, name), rest);
}

function literalChild(node: RouteNode, segment: string): RouteNode {
  const existing = node.literals.get(segment);
  if (existing) return existing;
  const child = newNode();
  node.literals.set(segment, child);
  return child;
}

function wildcardChild(node: RouteNode, name: string): RouteNode {
  node.wildcard ??= { name, node: newNode() };
  return node.wildcard.node;
}

function newNode(): RouteNode {
  return { literals: new Map(), methods: new Map() };
}
