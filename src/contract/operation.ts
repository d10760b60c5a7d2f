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
  /** Ways to call it: a call must be one of them. */
  readonly forms?: readonly Form[];
  /** The bindings know nothing of it: an application has named it. Its answer may have no body. */
  readonly foreign?: true;
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
  readonly words?: KnownWords;
  /** What a URI must begin with, before its colon. */
  readonly schemes?: readonly string[];
  /**
   * `argument`: a text that Asterisk separates from others by commas. `dtmf`: digits to be sent. `fileName`: of a file
   * in a folder of Asterisk. `label`: of a place in the dialplan.
   */
  readonly rule?: 'argument' | 'dtmf' | 'fileName' | 'label';
  /** It means something only where that other one begins so. */
  readonly onlyFor?: { readonly parameter: string; readonly beginning: string };
  /** What the values in an object are. */
  readonly shape?: Shape;
  /** A list is taken too, and written so that Asterisk splits it into the same list: with escapes, or without any. */
  readonly args?: 'escaped' | 'bare';
  /** `id`: a domain object may stand for its id. `source`: for its event source URI (`channel:ID`). */
  readonly accepts?: 'id' | 'source';
  /** The whole body is this parameter's value. */
  readonly wholeBody?: true;
  /** A unique id is made where none is given. */
  readonly generated?: true;
}

/** Words that Asterisk knows. */
export interface KnownWords {
  /** There are no others; without it, there may be any. */
  readonly values?: readonly string[];
  /** Several are taken, separated by commas or as a list; they are sent in the order of `values`. */
  readonly several?: true;
  /** Of several, one of these must be there. */
  readonly base?: readonly string[];
  /** Of several, no two of one group go together. */
  readonly apart?: readonly (readonly string[])[];
}

/** One of several ways to call an operation. */
export interface Form {
  /** The values that these parameters have in it, `''` for none given. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  readonly needs?: readonly string[];
  /** Parameters that mean nothing in it. */
  readonly without?: readonly string[];
  /** What the texts of parameters must be in it: `host:port`, a UUID. */
  readonly rules?: Readonly<Record<string, 'hostPort' | 'uuid'>>;
}

/**
 * What Asterisk reads out of JSON: a text, a variable's value (a text, or an object with it), a list, an object of these
 * fields (those that end in `?` may be absent), or one of any names (`*`). Anything where it is not known.
 */
export type Shape = 'any' | 'text' | 'variable' | readonly [Shape] | { readonly [field: string]: Shape };

export type Result =
  /** Nothing, whatever the status. */
  | { readonly kind: 'void' }
  /** JSON as it is, in one shape or, where none is told, any. */
  | { readonly kind: 'data'; readonly shape?: 'object' | 'list' }
  /** A domain object, or with `list` an array of them. */
  | { readonly kind: 'object'; readonly object: string; readonly list?: true }
  /** Bytes. */
  | { readonly kind: 'binary' };
