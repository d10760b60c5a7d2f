/** Events: what can be heard where, what a listener receives, and that a switch over all of them can be exhaustive. */
import type { AriClient, AriEvent, AriEventMap, Bridge, Channel, EventData, Playback, StasisStart } from 'asterisk-ari';
import { expectTypeOf } from 'vitest';

declare const client: AriClient;
declare const channel: Channel;
declare const playback: Playback;
declare const bridge: Bridge;

client.on('StasisStart', (event) => {
  expectTypeOf(event).toEqualTypeOf<StasisStart>();
  expectTypeOf(event.channel).toEqualTypeOf<Channel>();
  expectTypeOf(event.args).toEqualTypeOf<readonly string[]>();
});
client.channels.on('StasisStart', (started, event) => {
  expectTypeOf(started).toEqualTypeOf<Channel>();
  expectTypeOf(event).toEqualTypeOf<StasisStart>();
});
channel.on('Dial', (channels, event) => {
  expectTypeOf(channels.peer).toEqualTypeOf<Channel>();
  expectTypeOf(channels.caller).toEqualTypeOf<Channel | undefined>();
  expectTypeOf(event.type).toEqualTypeOf<'Dial'>();
});
expectTypeOf(playback.waitFor('PlaybackFinished')).resolves.toHaveProperty('playback');
for await (const event of client.stream('ChannelDtmfReceived')) {
  expectTypeOf(event.digit).toEqualTypeOf<string>();
}
client.on('*', (event) => expectTypeOf(event).toEqualTypeOf<AriEvent>());
client.on('unknown', (event) => expectTypeOf(event.type).toEqualTypeOf<string>());
expectTypeOf<EventData<StasisStart>['channel']['name']>().toEqualTypeOf<string>();

// @ts-expect-error no such event
client.on('StasisBegin', () => undefined);
// @ts-expect-error no channel in it
client.channels.on('PlaybackStarted', () => undefined);
// @ts-expect-error no channel in it
channel.on('DeviceStateChanged', () => undefined);
// @ts-expect-error a playback is not in a call's beginning
playback.on('StasisStart', () => undefined);
// @ts-expect-error no bridge in it
void bridge.waitFor('ChannelDtmfReceived');
// @ts-expect-error the event has no such field
channel.on('ChannelDtmfReceived', (_channel, event) => event.digits);
// @ts-expect-error nothing can be heard of a mailbox
client.mailboxes.on('StasisStart', () => undefined);

/** Compiles only while every playback event has a case: a new one would leave `event` something. */
function describePlayback(event: Extract<AriEvent, { type: `Playback${string}` }>): string {
  switch (event.type) {
    case 'PlaybackStarted':
    case 'PlaybackContinuing':
    case 'PlaybackFinished':
      return event.playback.id;
    default:
      return event satisfies never;
  }
}

function missesOne(event: Extract<AriEvent, { type: `Playback${string}` }>): string {
  switch (event.type) {
    case 'PlaybackStarted':
    case 'PlaybackFinished':
      return event.playback.id;
    default:
      // @ts-expect-error PlaybackContinuing has no case
      return event satisfies never;
  }
}

export { describePlayback, missesOne };

// Several types at once, at all three levels: the event is their union.
for (const type of ['PlaybackStarted', 'PlaybackFinished'] as const) {
  client.on(type, ({ playback: { id } }) => id);
  client.playbacks.once(type, ({ id }, event) => [id, event.type]);
  playback.on(type, ({ id }, event) => [id, event.type]);
}
client.on(['PlaybackStarted', 'StasisEnd'], (event) => {
  const type: 'PlaybackStarted' | 'StasisEnd' = event.type;
  // @ts-expect-error only one of the two has a playback
  void event.playback;
  return type;
});
void playback.waitFor(['PlaybackFinished', 'PlaybackStarted']).then(({ playback: { id } }) => id);
client.stream(['StasisStart', 'gap']);
// @ts-expect-error one of them cannot come here
playback.on(['PlaybackFinished', 'StasisStart'], () => undefined);

// Forwarding, whatever the type.
function forward<T extends keyof AriEventMap>(type: T, listener: (event: AriEventMap[T]) => void): void {
  client.on(type, (event) => listener(event));
  client.once(type, listener);
}
forward('StasisStart', ({ args }) => args);

// @ts-expect-error the channel is in the event: what other libraries hand over beside it is not
client.on('StasisStart', (event, other) => [event, other]);
