import type { Instance } from './instance.js';
import type { Log } from './log.js';
import type { Release } from './release.js';

/** A way to have an Asterisk of a given release on this machine. */
export interface Engine {
  /** Makes the release ready to run; quick when it already is. */
  install(release: Release, log: Log): Promise<void>;
  /** The instance's folder as this machine sees it. */
  folder(instance: Instance): string;
  /** The same folder as Asterisk sees it. */
  folderInside(instance: Instance): string;
  /** Starts Asterisk with the configuration in the instance's folder. */
  launch(instance: Instance): Promise<void>;
  /** The process id, or nothing if Asterisk is not running. */
  pid(instance: Instance): Promise<number | undefined>;
  signal(instance: Instance, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}
