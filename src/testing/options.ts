import type { DialplanData } from './engine/dialplan/data.js';
import type { EndpointData } from './engine/places/endpoints.js';
import type { SoundData } from './engine/places/sounds.js';
import type { OutboundWebSocket } from './websocket/outbound-options.js';
import type { User } from './rest/users.js';

/** How a double of Asterisk is to be. */
export interface TestAsteriskOptions {
  /**
   * Which Asterisk it is: a branch (`20`), which stands for its newest release, or a release (`20.14.0`). It chooses the
   * API documents, and shows as `system.version`. 22 without it.
   */
  readonly version?: string;
  /** `entityid` of asterisk.conf, by which several of them are told apart; `02:00:00:00:00:01` without it. */
  readonly entityId?: string;
  /** Users by name. Without it: `ari` with password `ari-secret`, and `reader` with `reader-secret`, who may only read. */
  readonly users?: Readonly<Record<string, User>>;
  /** Extensions beside the ones that are always there; a context's extension of the same name is replaced. */
  readonly dialplan?: DialplanData;
  /** Endpoints that exist without a telephone; `PJSIP/alice` and `PJSIP/bob` without it. */
  readonly endpoints?: readonly EndpointData[];
  /** Sounds beside Asterisk's own: id to length in milliseconds, or details. */
  readonly sounds?: Readonly<Record<string, SoundData>>;
  /** Stored recordings to begin with: name to WAV file. */
  readonly recordings?: Readonly<Record<string, Buffer>>;
  /** Port to listen at; a free one without it. */
  readonly port?: number;
  /** Path before `/ari`, as `prefix` in http.conf: `asterisk`. */
  readonly prefix?: string;
  /**
   * `virtual` (the default): time passes only by `clock.advance(ms)` and, with `autoAdvance`, when nothing else happens
   * until the next prompt or tone ends. `real`: time is the time on the wall.
   */
  readonly clock?: 'virtual' | 'real';
  /** Whether a virtual clock lets prompts and tones that an application plays end by themselves; it does unless told otherwise. */
  readonly autoAdvance?: boolean;
  /** How long nothing must have happened for that, in real milliseconds; 10 without it. */
  readonly quietMs?: number;
  /** How many times as fast a real clock runs; 1 without it. */
  readonly speed?: number;
  /** `false`: requests get 503 until `setBooted(true)`. */
  readonly booted?: boolean;
  /** Connections at a time, of both kinds; 100 without it. */
  readonly sessionLimit?: number;
  /** How long a connection may be idle between two requests, in real milliseconds; 15000 without it. */
  readonly keepAliveMs?: number;
  /** How many requests and events the journal keeps, each; 10000 without it, none with 0. */
  readonly journalLimit?: number;
  /** Connections that it opens by itself, kept open or one for each call. */
  readonly outbound?: readonly OutboundWebSocket[];
  /** Folder with API documents in Asterisk's form, for an Asterisk whose interface is another one. */
  readonly apiDocs?: string;
}

export const DEFAULT_VERSION = '22';

export const DEFAULT_ENTITY_ID = '02:00:00:00:00:01';

export const DEFAULT_USERS: Readonly<Record<string, User>> = {
  ari: { password: 'ari-secret' },
  reader: { password: 'reader-secret', readOnly: true },
};

export const DEFAULT_ENDPOINTS: readonly EndpointData[] = [
  { technology: 'PJSIP', resource: 'alice' },
  { technology: 'PJSIP', resource: 'bob' },
];
