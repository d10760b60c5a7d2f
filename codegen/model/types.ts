/**
 * The interface of one Asterisk release as plain data: what `model/` makes of the parsed documents and
 * `emit/` and `diff/` read. JSON-serialisable, in the documents' order, free of ts-morph.
 */

/** A type as the documents write it (`string`, `int`, `Channel`, `List[Channel]`), taken apart. */
export type TypeRef =
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  | { readonly kind: 'model'; readonly name: string }
  | { readonly kind: 'list'; readonly of: TypeRef }
  /** A JSON object with free keys; written `object` or `containers` in the documents. */
  | { readonly kind: 'map'; readonly of: 'string' | 'variable' | 'unknown' };

export type PrimitiveName = 'string' | 'int' | 'long' | 'double' | 'boolean' | 'date' | 'void' | 'binary';

export interface ApiModel {
  /** The release the documents were taken from, such as `22.10.1`. */
  readonly release: string;
  /** The branch: the release's first number. Where only that is known of the release, `release` is it too. */
  readonly major: number;
  /** sha256 over the documents, in hexadecimal: identifies the input. */
  readonly digest: string;
  readonly resources: readonly Resource[];
  readonly models: readonly Model[];
  readonly events: readonly EventModel[];
  readonly objects: readonly DomainObject[];
}

/** One document of operations: `channels`, `bridges` … */
export interface Resource {
  /** The document that it is from, for messages. */
  readonly file?: string;
  /** The repository's field on the client: `deviceStates`. */
  readonly name: string;
  /** The repository's class: `DeviceStates`. */
  readonly className: string;
  readonly description?: string;
  readonly requiresModules: readonly string[];
  readonly operations: readonly Operation[];
}

export interface Operation {
  /** `channels.transferProgress`: unique over the whole interface. */
  readonly id: string;
  /** The method's name: the nickname in camelCase. */
  readonly name: string;
  /** The nickname as the documents write it: `transfer_progress`. */
  readonly nickname: string;
  readonly httpMethod: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/channels/{channelId}/transfer_progress`. */
  readonly path: string;
  readonly summary?: string;
  readonly notes?: string;
  readonly parameters: readonly Parameter[];
  readonly response: TypeRef;
  /** Documented status codes of failure, ascending, each with the document's reason where the input has one. */
  readonly errors: readonly { readonly code: number; readonly reason?: string }[];
  readonly since: readonly string[];
  readonly requiresModules: readonly string[];
  /** Asterisk may take long to answer. */
  readonly blocking?: true;
  /** `websocket` for the one operation that opens the event connection. */
  readonly upgrade?: 'websocket';
  /** The domain object whose instance this operation acts on, with the parameters its identity fills in. */
  readonly target?: { readonly object: string; readonly bound: readonly string[] };
  /**
   * Set by a correction: the path to send to instead of `path` (`POST /bridges` → `/bridges/{bridgeId}`). The parameters
   * that it names are `in: 'path'`; such a one is not `required` where it is `generated`.
   */
  readonly sendPath?: string;
  /** Parameters that exclude each other (set by corrections): any of the one side, or any of the other. */
  readonly conflicts?: readonly Conflict[];
  /** Ways to call it that exclude each other (set by a correction): a call must be one of them. */
  readonly forms?: readonly Form[];
  /** Why this operation differs from the documents, where a correction made it differ. */
  readonly correction?: string;
}

/** Two groups of parameters of which Asterisk ignores or refuses one if it is given both. */
export interface Conflict {
  readonly either: readonly string[];
  readonly or: readonly string[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'body';
  /** A body parameter may also be a `model` or a `list` of a model: it is sent as the JSON that it is. */
  readonly type: TypeRef;
  readonly required: boolean;
  /** More than one value may be given, each of type `type`. */
  readonly list: boolean;
  readonly description?: string;
  readonly defaultValue?: string | number | boolean;
  readonly allowed?: AllowedValues;
  /**
   * Name of the domain object that may be given in place of its id (for an `Endpoint`: its keys joined by a slash,
   * `PJSIP/alice`); `source` or `subject` for objects that have an event source URI (`sources.ts`).
   */
  readonly accepts?: string;
  /** A number is taken too, and sent as text (set by a correction). */
  readonly alsoNumber?: true;
  /** Known words (set by a correction). */
  readonly words?: KnownWords;
  /** A URI of one of these schemes, and the name of its type (set by a correction). */
  readonly uri?: { readonly name: string; readonly schemes: readonly string[] };
  /** What else its text must be (set by a correction). */
  readonly rule?: TextRule;
  /** It means something only where that other one begins so (set by a correction). */
  readonly onlyFor?: { readonly parameter: string; readonly beginning: string };
  /**
   * A list is taken too, and written so that Asterisk splits it into the same list again: with escapes (`escaped`), or
   * where it knows none, with nothing but commas (`bare`). Set by a correction.
   */
  readonly args?: 'escaped' | 'bare';
  /** The whole body is this parameter's value (`applications.filter`). */
  readonly wholeBody?: true;
  /** A fresh unique id is made where none is given (set by a correction). */
  readonly generated?: true;
  /** Why this parameter differs from the documents, where a correction made it differ. */
  readonly correction?: string;
}

/** Words of which Asterisk knows no others, or, where they are `open`, may know more. */
export interface KnownWords {
  readonly values: readonly string[];
  readonly open?: true;
  /** Several are taken, separated by commas or as a list; they are sent in the order of `values`. */
  readonly several?: true;
  /** Of several, one of these must be there. */
  readonly base?: readonly string[];
  /** Of several, no two of one group go together. */
  readonly apart?: readonly (readonly string[])[];
}

/**
 * `argument`: a text that Asterisk separates from others by commas. `dtmf`: digits to be sent. `fileName`: of a file
 * in a folder of Asterisk. `label`: of a place in the dialplan.
 */
export type TextRule = 'argument' | 'dtmf' | 'fileName' | 'label';

/** One of several ways to call an operation. */
export interface Form {
  /** The values that these parameters have in it; one that is not given counts as its default. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  readonly needs?: readonly string[];
  /** Parameters that mean nothing in it. */
  readonly without?: readonly string[];
  /** What the texts of parameters must be in it: `host:port`, a UUID. */
  readonly rules?: Readonly<Record<string, 'hostPort' | 'uuid'>>;
}

export type AllowedValues =
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'range'; readonly min?: number; readonly max?: number };

export interface Model {
  readonly name: string;
  /** The document that it is from, for messages. */
  readonly file?: string;
  readonly description?: string;
  readonly properties: readonly Property[];
  /**
   * True if a property, at any depth, is a domain object: such a model holds objects, not raw data. Lists are not
   * looked into: a domain object in a list stays data.
   */
  readonly holdsObjects: boolean;
  /**
   * `Message` or `Event`, the roots of the event hierarchy: every event has their properties already. `Event` has those
   * of `Message` here too.
   */
  readonly eventBase?: true;
  /** Why this model exists, where a correction added it to those of the documents. */
  readonly correction?: string;
}

export interface Property {
  readonly name: string;
  readonly type: TypeRef;
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly description?: string;
  /** Known values; a reader must expect others. */
  readonly values?: readonly string[];
  /** The wire may carry a number in place of the string (set by a correction). */
  readonly alsoNumber?: true;
  /** Why this property differs from the documents, where a correction made it differ. */
  readonly correction?: string;
}

/** A leaf of the event hierarchy, its base types' properties included. */
export interface EventModel {
  /** The document that it is from, for messages. */
  readonly file?: string;
  /** The discriminant: `StasisStart`. */
  readonly name: string;
  readonly description?: string;
  readonly properties: readonly Property[];
  /** Where the event carries domain objects, nested ones by dotted path: `refer_to.bridge`. */
  readonly objects: readonly EventObject[];
}

export interface EventObject {
  readonly path: string;
  readonly object: string;
  readonly optional: boolean;
}

/** A class with identity and operations of its own: `Channel`. */
export interface DomainObject {
  readonly name: string;
  /** Repository that holds it: `channels`. */
  readonly resource: string;
  /** Path of one instance: `/channels/{channelId}`. */
  readonly path: string;
  /** The fields that identify it, with the parameter each one fills in. */
  readonly keys: readonly { readonly field: string; readonly parameter: string }[];
  /** The field by which events carry it: `channel`, `recording`, `device_state`. */
  readonly eventField: string;
  /** Scheme of its event source URI (`channel:ID`), where it can be subscribed to. */
  readonly sourceScheme?: string;
}
