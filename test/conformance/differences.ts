/** A difference between the traces of the double and of a real Asterisk that is meant to be, or cannot be helped. */
export interface Difference {
  /** The scenario's area and name, as in the table, or how they begin; all of them if left out. */
  readonly scenario?: string;
  /** The lines of `compareTraces` that are meant. */
  readonly line: RegExp;
  readonly reason: string;
}

/** What the double does otherwise, every time. One that no longer occurs must leave this list. */
export const differences: readonly Difference[] = [
  {
    scenario: 'channels: a phone asks for',
    line: /: only on the real one: ChannelVarset "(RTPAUDIOQOS\w*|BRIDGEPVTCALLID)"$/,
    reason: 'statistics of RTP and ids of SIP, which the telephones of the double do not speak',
  },
  {
    scenario: 'channels: a caller who is not answered, bridged with',
    line: /: only on the real one: ChannelVarset "BRIDGEPVTCALLID"$/,
    reason: 'the same',
  },
];

/** What two runs on the same real Asterisk do otherwise as well, now and then. */
export const unsteady: readonly Difference[] = [
  {
    line: /: in another place: Dial "(|RINGING|BUSY|CONGESTION)"$/,
    reason: 'the far end runs in a thread of its own: what it does may be told before that it was dialled',
  },
  {
    line: /;1: Dial "": peer\.state is "Down" on the double, "(Ringing|Up)" on the real one$/,
    reason: 'the same: it was told late that it was dialled, and by then it was ringing or up',
  },
  {
    scenario: 'channels: calls that fail are dialled, and end with a cause',
    line: /: in another place: ChannelStateChange$|: Dial "RINGING": peer\.state is "(Ringing|Down)" on /,
    reason: 'ringing is told by two threads: by the one that dials, and by the channel',
  },
  {
    scenario: 'channels: calls that fail are dialled, and end with a cause',
    line: /\/(busy|congestion)@default;2: ChannelHangupRequest: channel\.state is "Busy" on the double, "Ring" on the real one$/,
    reason: 'who dials may hang up before the far end, which has said that it is busy, counts as that',
  },
  {
    scenario: 'bridges: what plays in a bridge and is recorded there ends with the last channel that leaves it',
    line: /: ChannelLeftBridge: bridge\.channels is \[\] on the double, \[.*\] on the real one$/,
    reason: "Asterisk's own channels go when the last one has left, and may still be told to be there",
  },
  {
    scenario: 'applications: an application that subscribes to all hears of calls that are not its own',
    line: /: DeviceStateChanged: device_state\.state is "(NOT_)?INUSE" on the double, "(NOT_)?INUSE" on the real one$/,
    reason: 'the state is looked up when a thread of its own comes to it: by then it may be another one',
  },
  {
    line: /: (only on the (double|real one)|in another place): ChannelVarset "BRIDGEPEER"$|: ChannelVarset "BRIDGEPEER": value is /,
    reason: 'set by the thread of each member when it next looks who is there: between quick changes not at all',
  },
  {
    scenario: 'bridges: two channels learn of each other',
    line: /;2: (\w+: channel\.caller\.number is |((only on the (double|real one)|in another place): )?ChannelCallerId)/,
    reason: 'the far half of a Local channel is told by its own thread, and may be gone before',
  },
  {
    scenario: 'bridges: a bridge that is destroyed lets its channels go first; they stay in the application',
    line: /: ChannelLeftBridge: bridge\.channels is |^APP bridge mixing: only on the real one: BridgeDestroyed$/,
    reason: 'each channel is let go by a thread of its own, which also ends the subscription to the bridge',
  },
  {
    scenario: 'bridges: a bridge plays to its channels and is recorded',
    line: /: ChannelLeftBridge: bridge\.channels is \[\] on the double, \["ID"\] on the real one$/,
    reason: 'the channel that plays the music counts until its thread has ended',
  },
  {
    line: /\/wait@default;2: (only on the (double|real one)|in another place): ChannelDialplan "Wait"$/,
    reason:
      'Answer() waits up to half a second for audio; whether it is over when the other end hangs up is a matter of time',
  },
  {
    line: /\/wait@default;2: Channel\w+: channel\.dialplan\.(priority is [12] on|app_name is "(Answer|Wait)" on|app_data is "(600)?" on) /,
    reason: 'the same: that is where the far end stands',
  },
  {
    line: /in another place: (CallBroadcast|ChannelVarset "STASISSTATUS")$/,
    reason: 'that a call is offered is told by a thread of its own',
  },
  {
    scenario: 'media sockets: a channel takes one WebSocket, by its id',
    line: /^APP channel WebSocket\/INCOMING: (ChannelHangupRequest: channel\.dialplan\.app_(name|data) is |only on the real one: (StasisStart|StasisEnd|ChannelVarset "STASISSTATUS")$)/,
    reason: 'a channel that is hung up at once may have entered its application by then, or not',
  },
  {
    scenario: 'events: a broadcast call is claimed by the first application that asks for it',
    line: /: in another place: (StasisStart|CallClaimed)$/,
    reason: 'that the call is claimed and that it enters are told by two threads',
  },
  {
    scenario: 'channels: arguments given as a list arrive as that list, whatever they are, however the channel is made',
    line: /./,
    reason: 'many channels come and go at once, with arguments that are made up; what counts is expected there',
  },
  {
    scenario: 'channels: arguments given as a text are taken apart by Asterisk in its own way',
    line: /./,
    reason: 'many channels come and go at once, with arguments that are made up; what counts is expected there',
  },
  {
    scenario: 'channels: the data of external media given as a list is the arguments',
    line: /./,
    reason: 'many channels come and go at once, with arguments that are made up; what counts is expected there',
  },
  {
    scenario: 'channels: a channel that is moved takes its arguments along',
    line: /./,
    reason: 'many channels come and go at once, with arguments that are made up; what counts is expected there',
  },
  {
    scenario:
      'channels: a call into the dialplan is heard of to its end by who listens to it, though no application gets it',
    line: /./,
    reason: 'a call that ends at once may be over before one can subscribe to it, on either',
  },
  {
    scenario: 'channels: a channel that was just created can be dialled, given variables and put into a bridge at once',
    line: /./,
    reason: 'made to hit the moment before the channel is in its application: how far it comes is a matter of time',
  },
];
