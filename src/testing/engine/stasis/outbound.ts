/** A connection that was opened for one call. */
export interface CallConnection {
  /** The application that the call enters: `ivr:PJSIP/alice-00000001`. */
  readonly application: string;
  /** Says what is to be done when it is lost for good. */
  whenLost(action: () => void): void;
  /** The call has left the application. */
  end(): void;
}

/** Opens a connection for a call; `ready` gets nothing if that fails. */
export type OpenForCall = (
  application: string,
  channelName: string,
  ready: (connection: CallConnection | undefined) => void,
) => void;

/** The applications for whose calls Asterisk opens a connection each. */
export class Outbound {
  readonly #openers = new Map<string, OpenForCall>();

  serve(application: string, open: OpenForCall): void {
    this.#openers.set(application, open);
  }

  opener(application: string): OpenForCall | undefined {
    return this.#openers.get(application);
  }
}
