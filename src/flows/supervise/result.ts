/** How `supervise` ended. */
export interface SuperviseResult {
  /**
   * `hangup`: one of them hung up, or left the application. `left`: somebody else has taken one out of the bridge, or has
   * destroyed it. `unbridged`: for `barge` at first, the channel is in no bridge. `aborted`: by the signal.
   */
  readonly reason: 'hangup' | 'left' | 'unbridged' | 'aborted';
  /** Who hung up, or was taken out. */
  readonly by?: 'supervisor' | 'channel';
  /** How long it lasted, in milliseconds. */
  readonly durationMs: number;
}

/** The same, but for how long it took. */
export type Ended = Omit<SuperviseResult, 'durationMs'>;
