/** One difference between two releases. */
export interface Difference {
  readonly kind: 'operation' | 'parameter' | 'model' | 'property' | 'event';
  readonly change: 'added' | 'removed' | 'changed';
  /** `channels.progress`, `channels.progress(channelId)`, `Bridge`, `Bridge.bridgevars`, `CallClaimed`. */
  readonly name: string;
  /** What differs, where something changed. */
  readonly details?: readonly { readonly what: string; readonly from: unknown; readonly to: unknown }[];
}

/** What is different about the interface of one release, seen from another. */
export interface ApiDiff {
  readonly from: string;
  readonly to: string;
  readonly differences: readonly Difference[];
}
