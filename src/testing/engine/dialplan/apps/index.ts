import type { DialplanApp } from '../app.js';
import { answer, busy, congestion, progress, ringing } from './call-state.js';
import { goTo, hangUp, noOp, set } from './flow.js';
import { echo, playback, sendDtmf, wait } from './media.js';
import { stasis, stasisBroadcast } from './stasis.js';

/** The applications that the double's dialplan knows, by their names in lower case. */
export const APPLICATIONS: ReadonlyMap<string, DialplanApp> = new Map<string, DialplanApp>([
  ['answer', answer],
  ['busy', busy],
  ['congestion', congestion],
  ['echo', echo],
  ['goto', goTo],
  ['hangup', hangUp],
  ['noop', noOp],
  ['playback', playback],
  ['progress', progress],
  ['ringing', ringing],
  ['senddtmf', sendDtmf],
  ['set', set],
  ['stasis', stasis],
  ['stasisbroadcast', stasisBroadcast],
  ['wait', wait],
]);
