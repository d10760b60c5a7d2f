import type { PxField } from './fields.js';
import type { PxThing } from './things.js';

/** Requests travel in classes, each with subjects of its own. Of a `list`, which travels as a `get`, all answers count. */
export type PxClass = 'get' | 'data' | 'command' | 'create';

/** What a success answers with, besides an empty error. */
type PxAnswer =
  | { readonly is: 'nothing' }
  /** The data of the key's thing. */
  | { readonly is: 'data'; readonly of: PxThing }
  /** The key of the key's thing, if that exists. */
  | { readonly is: 'key'; readonly of: PxThing }
  /** The key of something new, whose id is a parameter; one is made up where none is given. */
  | { readonly is: 'made'; readonly of: PxThing; readonly id: string }
  | { readonly is: 'keys'; readonly of: PxThing }
  /** The value of a variable. */
  | { readonly is: 'value' }
  /** What Asterisk says of itself. */
  | { readonly is: 'info' };

/** One kind of request that ari-proxy takes, and what it is in ARI. */
export interface PxKind {
  readonly kind: string;
  readonly class: PxClass | 'list';
  /** The operation, as bindings call it: `channels.answer`. */
  readonly operation?: string;
  /** Method and path of the operation; there is none where ari-proxy asks Asterisk nothing. */
  readonly call?: string;
  /** Other operations that are the same request. */
  readonly also?: readonly string[];
  /** What the key must name. */
  readonly thing?: PxThing;
  /** The parameter that the key's thing is, as a source of events. */
  readonly source?: string;
  /** The member of the request that has its values. */
  readonly member?: string;
  /** The values in it by their places: `options.MaxDuration`. */
  readonly fields?: Readonly<Record<string, PxField>>;
  /** What is said where a request has no such member. */
  readonly mandatory?: string;
  /** Parameters that are so unless a message says something else. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** A parameter that is the key's application unless another one is given. */
  readonly app?: string;
  /** Parameters of ARI that say which part of the answer is wanted; it answers with all of it. */
  readonly spares?: readonly string[];
  readonly answer: PxAnswer;
  /** Tells only what would be made: the call is about the key's thing, and makes nothing. */
  readonly isStaged?: true;
  /** Its thing is looked for in the list that Asterisk answers with. */
  readonly isAmongAll?: true;
  /** A client of ours has another kind for the same, or no use for it. */
  readonly isServedOnly?: true;
  /** Events of what it names and makes go to the key's dialog from then on; those of these parameters besides. */
  readonly binds?: readonly string[];
  /** Events of what it names no longer go to the key's dialog. */
  readonly unbinds?: true;
  /** Asterisk may take long to answer. */
  readonly blocking?: true;
}

/** What a kind is besides its name, its call and its class. */
export type PxMore = Partial<Omit<PxKind, 'kind' | 'operation' | 'call' | 'thing'>>;

/** Does something to what exists, and answers with nothing. */
export function command(thing: PxThing, kind: string, operation: string, call: string, more: PxMore = {}): PxKind {
  return { kind, class: 'command', thing, operation, call, answer: { is: 'nothing' }, ...more };
}

/** The data of one thing, and whether there is such a thing. */
export function reading(thing: PxThing, name: string, operation: string, call: string, more: PxMore = {}): PxKind[] {
  const same = { thing, operation, call, ...more };
  return [
    { ...same, kind: `${name}Data`, class: 'data', answer: { is: 'data', of: thing } },
    { ...same, kind: `${name}Get`, class: 'get', answer: { is: 'key', of: thing }, isServedOnly: true },
  ];
}

/** The keys of all things of a kind. */
export function list(thing: PxThing, kind: string, operation: string, call: string, more: PxMore = {}): PxKind {
  return { kind, class: 'list', operation, call, answer: { is: 'keys', of: thing }, ...more };
}

/** Sends events of a thing to a dialog; Asterisk has nothing to do with it. */
export function binding(thing: PxThing, kind: string): PxKind {
  return { kind, class: 'command', thing, answer: { is: 'nothing' }, isServedOnly: true, binds: [] };
}
