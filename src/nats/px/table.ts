import type { PxKind } from './kind.js';
import { asteriskKinds } from './kinds/asterisk.js';
import { bridgeKinds } from './kinds/bridges.js';
import { channelKinds } from './kinds/channels.js';
import { otherKinds } from './kinds/others.js';

/** Every kind of request that ari-proxy 5.3 takes. */
export const pxKinds: readonly PxKind[] = [...asteriskKinds, ...bridgeKinds, ...channelKinds, ...otherKinds];

const byName = new Map(pxKinds.map((each) => [each.kind, each]));

/** A kind, and the path by which an operation of ARI is one. */
export interface Carried {
  readonly kind: PxKind;
  readonly path: string;
}

const byCall = new Map<string, Carried>();
for (const kind of pxKinds.filter(({ isServedOnly }) => !isServedOnly)) {
  for (const call of [kind.call ?? '', ...(kind.also ?? [])]) {
    byCall.set(shapeOf(call), { kind, path: pathOf(call) });
  }
}

/** The kind of that name; undefined if there is none. */
export function kindNamed(name: string): PxKind | undefined {
  return byName.get(name);
}

/** The kind that an operation travels as; undefined if ari-proxy has none. */
export function kindOf(method: string, path: string): Carried | undefined {
  // Where one asks for the object that a creation has made, the path ends where its id comes.
  return byCall.get(shapeOf(`${method} ${path.endsWith('/') ? `${path}{id}` : path}`));
}

/** `POST` of `POST /channels` */
export function methodOf(call: string): 'GET' | 'POST' | 'PUT' | 'DELETE' {
  return call.slice(0, call.indexOf(' ')) as 'GET';
}

/** `/channels` of `POST /channels` */
export function pathOf(call: string): string {
  return call.slice(call.indexOf(' ') + 1);
}

/** Bindings may have other names for what stands in a path. */
function shapeOf(call: string): string {
  return call.replace(/\{\w+\}/g, '{}');
}
