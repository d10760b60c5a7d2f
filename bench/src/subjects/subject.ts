/** Where to connect. */
export interface Target {
  /** `http://host:port/` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** One library, made to do the same as the others, by the shortest way through its own interface. */
export interface Subject {
  /** Connects and opens the event connection of an application, after `listen` has added the first listeners. */
  connect(target: Target, app: string, listen: (session: Session) => void): Promise<Session>;
}

/** A connected library. What one cannot do it leaves out. */
export interface Session {
  /** Listens to a type of event. */
  on(type: string, listener: () => void): void;
  /** Listens to a type of event of one channel. */
  onChannel?(id: string, type: string, listener: () => void): void;
  /** Keeps every channel that enters the application, with these listeners on it. */
  keepChannels?(types: readonly string[], listener: () => void): void;
  /** `GET asterisk/ping`. */
  ping?(): Promise<unknown>;
  /** Originates a Local channel into the application, answers it, plays a sound and hangs up; resolves at its end. */
  call?(): Promise<void>;
  /** The same without the sound: no more than it takes to have a call and let it go. */
  setUp?(): Promise<void>;
  close(): void;
}
