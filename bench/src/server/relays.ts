/** Relays, all in one process of their own: one for each Asterisk. */
import { startRelay } from '../nats.js';
import type { Target } from '../subjects/subject.js';
import { obey } from './peer.js';

export interface RelaysInput {
  readonly targets: readonly Target[];
  readonly servers: string;
  readonly app: string;
}

obey({
  async open({ targets, servers, app }: RelaysInput) {
    await Promise.all(targets.map((asterisk) => startRelay({ asterisk, servers, apps: app })));
  },
});
