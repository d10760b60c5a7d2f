/**
 * How much of everything is taken: many times what any Asterisk has, and little enough for every stage to be done in
 * seconds, whatever a server sends.
 */
export const limits = {
  /** Of one document, decoded. The longest of Asterisk 22 has 111 kB. */
  documentBytes: 2 * 2 ** 20,
  /** Of all documents of a server together. */
  totalBytes: 16 * 2 ** 20,
  /** Arrays and objects within one another in a document: Asterisk's go down to nine. */
  nesting: 50,
  documents: 100,
  /** Of all documents together, events among them. */
  models: 1000,
  operations: 1000,
  /** Of one operation. */
  parameters: 100,
  /** Of one model, what it inherits included. */
  properties: 250,
  /** Characters of a name, or of a path. */
  name: 100,
  path: 250,
  /** Allowed values of one parameter or property; releases, modules and failures of one operation. */
  values: 250,
  /** Lists within one another. */
  lists: 4,
  /** Places of one event where objects may be. */
  places: 100,
} as const;

/** A size for people: `2 MiB`. */
export function mebibytes(bytes: number): string {
  return `${bytes / 2 ** 20} MiB`;
}
