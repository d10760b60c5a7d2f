import type { CallerId } from '../caller-id.js';
import type { ChannelSnapshot } from './snapshot.js';

/** An event that tells of a change of a channel, without the channel. */
export interface Change {
  readonly type: string;
  readonly fields?: Record<string, unknown>;
}

/** What is told when a channel looks different from how it last did, in Asterisk's order. */
export function* changes(old: ChannelSnapshot, now: ChannelSnapshot): Generator<Change> {
  if (old.state !== now.state) yield { type: 'ChannelStateChange' };
  if (isElsewhere(old.dialplan, now.dialplan)) {
    const { app_name, app_data } = now.dialplan;
    yield { type: 'ChannelDialplan', fields: { dialplan_app: app_name, dialplan_app_data: app_data } };
  }
  if (!sameParty(old.caller, now.caller)) {
    const caller_presentation_txt = 'Presentation Allowed, Not Screened';
    yield { type: 'ChannelCallerId', fields: { caller_presentation: 0, caller_presentation_txt } };
  }
  if (!sameParty(old.connected, now.connected)) yield { type: 'ChannelConnectedLine' };
}

type Place = ChannelSnapshot['dialplan'];

/** A place counts only with an application; another application at the same place does not count. */
function isElsewhere(old: Place, now: Place): boolean {
  if (now.app_name === '') return false;
  const moved = old.context !== now.context || old.exten !== now.exten || old.priority !== now.priority;
  return moved || old.app_name === '';
}

function sameParty(one: CallerId, other: CallerId): boolean {
  return one === other || (one.name === other.name && one.number === other.number);
}
