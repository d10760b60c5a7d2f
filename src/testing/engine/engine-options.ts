import type { Clock } from './clock.js';
import type { DialplanData } from './dialplan/data.js';
import type { EventBody } from './events.js';
import type { Outgoing } from './media/media-connection.js';
import type { EndpointData } from './places/endpoints.js';
import type { SoundData } from './places/sounds.js';

/** What an engine is made of. */
export interface EngineOptions {
  readonly release: string;
  /** `entityid` of asterisk.conf. */
  readonly entityId: string;
  readonly clock: Clock;
  readonly dialplan: DialplanData;
  readonly endpoints: readonly EndpointData[];
  readonly sounds: Readonly<Record<string, SoundData>>;
  /** Stored recordings to begin with: name to file content. */
  readonly recordings: Readonly<Record<string, Buffer>>;
  /** Opens the connections that Asterisk opens itself. */
  readonly outgoing: Outgoing;
  /** Told of every event and the applications that it went to. */
  readonly observe?: (event: EventBody, applications: readonly string[]) => void;
  /** Told whenever something from outside has been dealt with. */
  readonly settled?: () => void;
  /** Told what went wrong in work that nobody waits for: a fault of the engine, or of an option that it was given. */
  readonly failed: (error: unknown) => void;
}
