/** Wrong calls must not compile: each line under an expectation fails by itself, or the compiler reports the expectation. */
import { connect, type AriClient, type Channel, type ChannelHandle } from 'asterisk-ari';

declare const client: AriClient;
declare const channel: Channel;
declare const handle: ChannelHandle;

// Operations are called what Asterisk calls them, on the repository and on the object alike.
void channel.hangup();
void client.channels.hangup({ channelId: channel });
void client.channels.transferProgress({ channelId: 'x', states: 'channel_progress' });
void channel.rtpStatistics();
// @ts-expect-error no such operation
void channel.hangUp();
// @ts-expect-error the raw nickname is not a method
void client.channels.transfer_progress({ channelId: 'x' });

// Required parameters.
void channel.play({ media: 'sound:hello-world' });
void channel.play({ media: ['sound:a', 'sound:b'] }, { timeoutMs: 500, signal: new AbortController().signal });
// @ts-expect-error media is required
void channel.play({});
// @ts-expect-error parameters are required
void channel.play();
// @ts-expect-error the channel is bound already
void channel.play({ media: 'sound:a', channelId: 'x' });
// @ts-expect-error channelId is required on the repository
void client.channels.play({ media: 'sound:a' });
// @ts-expect-error Asterisk refuses it without a direction
void channel.mute();

// Parameters that exclude each other.
void client.channels.originate({ endpoint: 'PJSIP/a', app: 'a', appArgs: ['1', '2'] });
void handle.originateWithId({ endpoint: 'PJSIP/a', extension: '100', priority: 1 });
// @ts-expect-error Asterisk would drop the extension
void client.channels.originate({ endpoint: 'PJSIP/a', app: 'a', extension: '100' });
// @ts-expect-error the same on a handle
void handle.originateWithId({ endpoint: 'PJSIP/a', app: 'a', extension: '100' });
// @ts-expect-error a label outweighs the priority
void channel.continueInDialplan({ label: 'x', priority: 2 });
// @ts-expect-error one reason is enough
void channel.hangup({ reason: 'busy', reason_code: 17 });

// Numbers where people have numbers, known words alone, together or as a list.
void channel.hangup({ reason_code: 17 });
void client.bridges.create({ type: 'mixing' });
void client.bridges.create({ type: 'mixing,dtmf_events' });
void client.bridges.create({ type: ['mixing', 'dtmf_events'] });
// @ts-expect-error no such attribute
void client.bridges.create({ type: ['mixng'] });
void client.channels.originate({ endpoint: 'PJSIP/a', app: 'a', formats: ['ulaw', 'some_new_codec'] });

// Values that are sent are closed.
void channel.mute({ direction: 'both' });
// @ts-expect-error not a direction
void channel.mute({ direction: 'sideways' });
// @ts-expect-error not a reason
void channel.hangup({ reason: 'bored' });
// @ts-expect-error unknown parameter
void channel.hangup({ why: 'normal' });
// @ts-expect-error seconds are a number
void channel.dial({ timeout: '5' });

// A domain object stands for its id, one of another kind does not.
void client.bridges.addChannel({ bridgeId: 'b', channel: [channel, handle, 'id'] });
declare const playback: Awaited<ReturnType<Channel['play']>>;
// @ts-expect-error a playback is no channel
void client.bridges.addChannel({ bridgeId: 'b', channel: playback });

// Data is read-only and open.
const state: string = channel.state;
// @ts-expect-error a snapshot
channel.state = 'Up';
// @ts-expect-error no such field
void channel.colour;
// @ts-expect-error a handle has no data
void handle.state;

// Options.
void connect('http://localhost:8088/', 'a', 'b', { timeoutMs: 1 });
void connect({ url: 'http://localhost:8088/', username: 'a', password: 'b' });
// @ts-expect-error no such option
void connect('http://localhost:8088/', 'a', 'b', { timeout: 1 });
// @ts-expect-error a password is required
void connect({ url: 'http://localhost:8088/', username: 'a' });

export { state };

// What the bindings do not know: a route as Asterisk writes it, the ids that it names, and anything else.
void client.request('GET /asterisk/ping');
void client.request('POST /channels/{channelId}/sing', { channelId: channel, songs: ['a', 'b'] }, { timeoutMs: 500 });
void client.request('PUT /a/{b}/{c}', { b: '1', c: '2' });
// @ts-expect-error ids are required
void client.request('POST /channels/{channelId}/sing');
// @ts-expect-error each of them
void client.request('PUT /a/{b}/{c}', { b: '1' });
// @ts-expect-error an id is a text or an object
void client.request('PUT /a/{b}', { b: 1 });
// @ts-expect-error no method of ARI
void client.request('PATCH /a');
// @ts-expect-error the path begins with a slash
void client.request('GET a');
// @ts-expect-error nobody knows what the answer is
void (await client.request('GET /asterisk/ping')).ping;
