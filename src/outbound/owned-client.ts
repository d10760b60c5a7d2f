import type { GapNotice } from '../contract/notices.js';

/** Options of a request. */
interface Options {
  readonly signal: AbortSignal;
}

/** An application's event, as much of it as is used here; what Asterisk sends may lack anything. */
interface StasisEvent {
  readonly channel?: { readonly id?: unknown; readonly name?: unknown } | null;
  readonly args?: unknown;
}

/** What this server uses of its clients, whatever their bindings. */
export interface OwnedClient {
  readonly channels: {
    list(options: Options): Promise<readonly { readonly id: string; readonly name: string }[]>;
  };
  readonly applications: {
    get(params: { applicationName: string }, options: Options): Promise<{ readonly channel_ids: readonly string[] }>;
  };
  readonly closed: Promise<Error | undefined>;
  on(type: 'StasisStart' | 'StasisEnd', listener: (event: StasisEvent) => void): { close(): void };
  on(type: 'gap', listener: (notice: GapNotice) => void): { close(): void };
  /** Resolves when its listeners and requests are done. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
