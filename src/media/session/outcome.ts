/**
 * What became of audio: `played`; `flushed`, all of it or a part was discarded by a flush; `closed`, the connection ended
 * before.
 */
export type Outcome = 'played' | 'flushed' | 'closed';
