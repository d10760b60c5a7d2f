import type { GapNotice } from '../contract/notices.js';

/** An application's event, as much of it as is used here. */
export interface StasisEvent {
  readonly channel: { readonly id: string; readonly name: string };
  readonly args: readonly string[];
}

/** What this server uses of its clients, whatever their bindings. */
export interface OwnedClient {
  readonly channels: { list(): Promise<readonly { readonly name: string }[]> };
  readonly closed: Promise<Error | undefined>;
  on(type: 'StasisStart' | 'StasisEnd', listener: (event: StasisEvent) => void): { close(): void };
  on(type: 'gap', listener: (notice: GapNotice) => void): { close(): void };
  close(): Promise<void>;
}
