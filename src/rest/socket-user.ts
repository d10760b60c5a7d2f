/** A message of the event connection, parsed. */
export interface SocketMessage {
  readonly type?: unknown;
}

/** Who uses the event connection for something else than events; told what becomes of it. */
export interface SocketUser {
  /** Types of messages that are for it alone. */
  readonly messageTypes: readonly string[];
  /**
   * The connection is open, for the first time or again.
   * @param send false if it is not open any more
   * @param apps its applications, in the order in which Asterisk knows them
   */
  opened(send: (text: string) => boolean, apps: Iterable<string>): void;
  /** Whether it waits for an answer, before which Asterisk may read nothing else, pings included. */
  readonly isWaiting: boolean;
  /** It is about to be closed on purpose, as soon as this resolves. */
  closing(): Promise<void>;
  /** It is not open any more. */
  closed(cause: Error | undefined): void;
  /** Another connection has taken an application over. */
  replaced(app: string): void;
  /** A message of one of its types. @throws {Error} if it is none that can be read */
  received(message: SocketMessage): void;
}
