import type { StatementStructures } from 'ts-morph';
import { Imports } from './imports.js';

/** A name that a file gives to applications. */
export interface PublicName {
  readonly name: string;
  readonly as: 'value' | 'type';
}

/** One file of the output before it is text: what it imports, what it says, what of it is public. */
export interface OutputFile {
  readonly path: string;
  /** The document that it comes from, for messages. */
  readonly from?: string | undefined;
  readonly imports: Imports;
  readonly statements: readonly (StatementStructures | string)[];
  readonly publicNames: readonly PublicName[];
}

export function value(name: string): PublicName {
  return { name, as: 'value' };
}

export function type(name: string): PublicName {
  return { name, as: 'type' };
}
