import type { Conflict, Operation, Parameter, Property, TypeRef } from './types.js';

/** A release of each branch, as ARI's own `since`: from it on, within its branch. A branch that is not named never. */
export type Releases = readonly string[];

/** Where the documents and the wire differ, and what is right. */
export interface Correction<Change> {
  /** `Channel.state`, `channels.mute`, `channels.mute(direction)`. */
  readonly place: string;
  readonly change: Change;
  /** Why: becomes part of the generated documentation, so it is a sentence for users. */
  readonly reason: string;
  /** Where Asterisk's sources (22.10.1) show it, or what a real Asterisk was seen to do. */
  readonly evidence: string;
  /** The file under `test/corpus` that proves it; if not given, nothing recorded so far does. */
  readonly corpus?: string;
  /** The releases whose documents have the place; if not given, 16.0 and all later. In others it may be absent. */
  readonly documented?: Releases;
  /** The releases that behave so; if not given, all whose documents have the place. */
  readonly holds?: Releases;
}

/** Known values put right. */
export interface ValuesChange {
  readonly add: readonly string[];
  readonly drop?: readonly string[];
}

export type PropertyChange = {
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly type?: TypeRef;
  readonly alsoNumber?: true;
  readonly values?: ValuesChange;
  /** The documents are right, but do not tell all: the reason does. */
  readonly remark?: true;
};

/** Properties that the documents do not mention. */
export interface ModelChange {
  readonly add: readonly AddedProperty[];
}

/** A property that no document has, nor any file of descriptions. */
type AddedProperty = Pick<Property, 'name' | 'type' | 'optional'> & { readonly description: string };

/** A model for what the documents call an object and no more. */
export interface ModelAddition {
  readonly name: string;
  readonly description: string;
  readonly properties: readonly AddedProperty[];
  readonly reason: string;
  readonly evidence: string;
  /** The corrections that speak of it: a release that has none of these places does not need it. */
  readonly for: readonly string[];
}

export type ParameterChange = Partial<
  Pick<
    Parameter,
    'in' | 'required' | 'generated' | 'type' | 'alsoNumber' | 'words' | 'uri' | 'rule' | 'onlyFor' | 'args'
  >
> & {
  /** What a number may be; a bound that is documented already stays. */
  readonly range?: { readonly min?: number; readonly max?: number };
  readonly values?: ValuesChange;
  /** The documented default is not applied. */
  readonly noDefault?: true;
};

/** Every correction, by what it is of. */
export interface CorrectionTables {
  readonly properties: readonly Correction<PropertyChange>[];
  readonly models: readonly Correction<ModelChange>[];
  readonly additions: readonly ModelAddition[];
  readonly parameters: readonly Correction<ParameterChange>[];
  readonly operations: readonly Correction<OperationChange>[];
}

export type OperationChange = Partial<Pick<Operation, 'sendPath' | 'since' | 'forms'>> & {
  /** Parameters that exclude each other. */
  readonly conflict?: Conflict;
  /** Status codes that are answered though not documented. */
  readonly errors?: readonly number[];
};
