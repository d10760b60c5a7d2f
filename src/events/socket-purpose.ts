/** What a socket is for. */
export interface SocketPurpose {
  /** As errors call it: `event connection`. */
  readonly name: string;
  readonly protocol: 'ari' | 'media';
  /** The operation that is refused if the socket is, and its path. */
  readonly operation: string;
  readonly path: string;
}
