import type { Lines } from '../lines.js';
import type { Watch } from '../watch.js';
import type { SuperviseMode, SuperviseRules } from './options.js';
import type { SuperviseClient } from './parties.js';
import type { Ended } from './result.js';

/** What the modes need of a supervision. */
export interface Desk {
  readonly client: SuperviseClient;
  readonly rules: SuperviseRules;
  readonly watch: Watch;
  readonly lines: Lines;
  /** Whether one of the two has hung up, or the signal has aborted. */
  readonly over: () => Ended | undefined;
}

/** Where the supervisor is put for a mode. To put them into another one takes them out of it. */
export interface Post {
  readonly mode: SuperviseMode;
  /** That somebody was taken out of it, or has hung up there. */
  readonly left: Ended | undefined;
  /**
   * Nothing is left of it.
   * @param isSupervisorOut whether the supervisor is in another one by now
   */
  close(isSupervisorOut: boolean): Promise<void>;
}
