/** A difference between the traces of the double and of a real Asterisk that is meant to be, or cannot be helped. */
export interface Difference {
  /** The scenario's area and name, as in the table; all of them if left out. */
  readonly scenario?: string;
  /** The lines of `compareTraces` that are meant. */
  readonly line: RegExp;
  readonly reason: string;
}

/** What the double does otherwise, every time. One that no longer occurs must leave this list. */
export const differences: readonly Difference[] = [];

/** What two runs on the same real Asterisk do otherwise as well, now and then. */
export const unsteady: readonly Difference[] = [
  {
    line: /: only on the (double|real one): Dial "(|BUSY|CONGESTION)"$/,
    reason: 'the far end runs in a thread of its own: what it does may be told before that it was dialled',
  },
  {
    line: /: only on the (double|real one): Dial "RINGING"$|: only on the (double|real one): ChannelStateChange$/,
    scenario: 'channels: calls that fail are dialled, and end with a cause',
    reason: 'ringing is told by two threads: by the one that dials, and by the channel',
  },
  {
    line: /ChannelVarset "BRIDGEPEER"/,
    reason: 'set by the thread of each member when it next looks who is there: between quick changes not at all',
  },
  {
    line: /: ChannelLeftBridge: bridge\.channels is /,
    reason: 'a bridge that is destroyed lets its channels go at once, each in its own thread',
  },
  {
    line: /;2: (only on the (double|real one): ChannelDialplan "Wait"|Channel\w+: channel\.dialplan\.(priority|app_name|app_data) is )/,
    reason:
      'Answer() waits up to half a second for audio; whether it is over when the other end hangs up is a matter of time',
  },
  {
    scenario: 'events: a broadcast call is claimed by the first application that asks for it',
    line: /: only on the (double|real one): (StasisStart|CallClaimed)$/,
    reason: 'that the call is claimed and that it enters are told by two threads',
  },
];
