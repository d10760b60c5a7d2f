/** One ARI operation, as data. */
export interface Operation {
  /** Repository and method: `channels.answer`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path under `/ari`, with its parameters in braces: `/channels/{channelId}/answer`. */
  readonly path: string;
  /** Every parameter by its ARI name. */
  readonly params: Readonly<Record<string, Parameter>>;
  /** What a success carries. */
  readonly returns: Result;
  /** Documented status codes of failure. */
  readonly errors?: readonly number[];
  /** Releases that brought the operation, one a branch. */
  readonly since?: readonly string[];
  /** Asterisk modules without which the operation does not exist. */
  readonly requires?: readonly string[];
  /** Asterisk may take long to answer: it waits for a channel, a module, a disk, a database. */
  readonly blocking?: true;
  /** Groups of parameters of which only one may be given. */
  readonly conflicts?: readonly (readonly [either: readonly string[], or: readonly string[]])[];
  /** The operation opens the event connection. */
  readonly upgrade?: 'websocket';
}

export interface Parameter {
  readonly in: 'path' | 'query' | 'body';
  readonly type: 'string' | 'int' | 'double' | 'boolean' | 'object';
  readonly required?: true;
  /** Several values may be given. */
  readonly list?: true;
  /** The only values allowed. */
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** A number is taken too, and sent as text. */
  readonly alsoNumber?: true;
  /** Known words, separated by commas or as a list; others only where it is `open`. */
  readonly words?: readonly string[];
  readonly open?: true;
  /** What a URI must begin with, before its colon. */
  readonly schemes?: readonly string[];
  /** A list is taken too, and written so that Asterisk splits it into the same list: with escapes, or without any. */
  readonly args?: 'escaped' | 'bare';
  /** `id`: a domain object may stand for its id. `source`: for its event source URI (`channel:ID`). */
  readonly accepts?: 'id' | 'source';
  /** The whole body is this parameter's value. */
  readonly wholeBody?: true;
  /** A unique id is made where none is given. */
  readonly generated?: true;
}

export type Result =
  /** Nothing, whatever the status. */
  | { readonly kind: 'void' }
  /** JSON as it is, in one shape or, where none is told, any. */
  | { readonly kind: 'data'; readonly shape?: 'object' | 'list' }
  /** A domain object, or with `list` an array of them. */
  | { readonly kind: 'object'; readonly object: string; readonly list?: true }
  /** Bytes. */
  | { readonly kind: 'binary' };
