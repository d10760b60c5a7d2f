import type { AriClient, ConnectOptions } from 'asterisk-ari';
import type { RawAnswer, RawOptions } from './raw.js';

/** The Asterisk that scenarios run on, a real one or the double. */
export interface Server {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly readOnly: { readonly username: string; readonly password: string };
  /** Its branch: 22, 16. */
  readonly major: number;
  /** A telephone that calls it. */
  phone(): Promise<CallingPhone>;
}

/** A telephone in a scenario. */
export interface CallingPhone extends AsyncDisposable {
  /** Calls an extension; resolves when the call is answered. */
  call(extension: string): Promise<PhoneLine>;
}

/** One call of it. */
export interface PhoneLine {
  /** What it was told of its transfer: `100 Trying`, `200 OK, terminated`. */
  readonly notified: readonly string[];
  /** Asks for a transfer, to an extension or to the party of another call. */
  refer(to: string | PhoneLine): unknown;
  hangup(): void;
}

/** What a scenario has to work with. */
export interface World {
  readonly server: Server;
  /** A client that is connected and runs `app`. */
  readonly client: AriClient;
  /** An application of this scenario alone. */
  readonly app: string;
  /** Another client on the same server; closed after the scenario. */
  connect(options?: ConnectOptions & { username?: string; password?: string; url?: string }): Promise<AriClient>;
  /** A request without the SDK, to a path below `/ari`: for what the SDK would not send. */
  raw(method: string, path: string, options?: RawOptions): Promise<RawAnswer>;
}

/** Something that an application does and what Asterisk does upon it: the same on the double and on a real one. */
export interface Scenario {
  /** Part of the interface: `channels`. */
  readonly area: string;
  readonly name: string;
  /** First branch that has what it needs; all if left out. */
  readonly since?: number;
  run(world: World): Promise<void>;
}

/** Longest wait for an event, in milliseconds. */
export const patience = { timeoutMs: 10_000 };
