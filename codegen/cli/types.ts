/** The world as the program sees it. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether a person watches what goes to `error`. */
  readonly interactive: boolean;
}

/** What is printed of a result, of whatever command. */
interface OutputFlags {
  readonly quiet?: true;
  readonly json?: true;
}

/** The options of `init`. */
export interface InitFlags extends OutputFlags {
  readonly sdk?: string;
}

/** The options of the default command. */
export interface GenerateFlags extends OutputFlags {
  readonly asteriskVersion?: string;
  readonly apiDocs?: string;
  readonly url?: string;
  readonly username?: string;
  readonly password?: string;
  readonly release?: string;
  readonly timeout?: number;
  readonly out?: string;
  readonly importExtension?: '.js' | '.ts';
  readonly check?: true;
  readonly list?: true;
}
