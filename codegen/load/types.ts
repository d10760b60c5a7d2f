/** Where the documents come from. */
export type Source =
  /** A branch that is bundled: `22`, or exactly the bundled release of it. */
  | { readonly kind: 'bundled'; readonly version: string }
  /** A folder with `resources.json` and the documents that it names. */
  | { readonly kind: 'directory'; readonly path: string; readonly release?: string | undefined }
  | ServerSource;

/** A running Asterisk. */
export interface ServerSource {
  readonly kind: 'server';
  /** `http://pbx:8088`, with the path prefix of its HTTP server where it has one. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Taken from the server where it is not given. */
  readonly release?: string | undefined;
  /** For each document; 10 s if not given. */
  readonly timeoutMs?: number | undefined;
}

/** The documents of one release as text. */
export interface Sources {
  /** For messages: `Asterisk 22.10.1 (bundled)`, a folder, a URL without credentials. */
  readonly origin: string;
  readonly release: string;
  /** `resources.json` and the documents it names, by file name. */
  readonly files: ReadonlyMap<string, string>;
}

/** Told of each document on its way: how many there are, where that is known. */
export type Progress = (step: { readonly file: string; readonly done: number; readonly total?: number }) => void;
