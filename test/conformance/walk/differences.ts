import { unsteady, type Difference } from '../differences.js';

/** What differs on a walk and is meant to, or cannot be helped. */
export const differences: readonly Difference[] = [
  ...unsteady.filter(({ scenario }) => scenario === undefined),
  {
    line: /^answer: POST .* 201 .*: state is "queued" on the double, "(playing|recording)" on the real one$/,
    reason: 'the thread of the channel may have begun before the answer is written',
  },
  {
    line: /^answer: POST \/channels\/\S+: (409|500) .* on the double, POST \/channels\/\S+: (409|500) /,
    reason: 'nobody is at the endpoint, and its id is in use: which of the two is said differs from case to case',
  },
  {
    line: /DeviceStateChanged: device_state\.state is /,
    reason: 'the state is looked up when a thread of its own comes to it: by then it may be another one',
  },
  {
    line: /\/(busy|congestion)@default;2: .*"Busy" on the double, "Ring" on the real one$|in another place: ChannelStateChange$/,
    reason: 'who dials may hang up before the far end, which has said that it is busy, counts as that',
  },
  {
    line: /\/stasis-\S*;2: ChannelDestroyed: cause(_txt)? is (19|"User alerting, no answer") on the double, (0|"Unknown") on the real one$/,
    reason: 'an application may see that the other half of a call has given up before it reads why',
  },
  {
    line: /channelvars\.UNICASTRTP_LOCAL_PORT is /,
    reason: 'whatever port is free',
  },
  {
    line: /device (Announcer|Recorder)\/ARI\S*: only on the real one: DeviceStateChanged$/,
    reason: 'the devices of the channels that play and record in bridges; nobody is to look at them',
  },
];
