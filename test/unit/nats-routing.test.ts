import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedIn } from '../../src/nats/relay/carried-ids.js';
import { Subjects, token } from '../../src/nats/subjects.js';
import { channelData, event } from '../support/events.js';

describe('an id as a token of a subject', () => {
  it('is one token, whatever it holds, and no other id has the same', () => {
    const tokens = new Map<string, string>();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (id) => {
        const made = token(id);
        expect(made).toMatch(/^[^\s.*>]+$/);
        expect(tokens.get(made) ?? id).toBe(id);
        tokens.set(made, id);
      }),
    );
  });

  it('is as NATS can be asked for it', () => {
    expect(token('1700000000.1')).toBe('1700000000%2E1');
    expect(token('PJSIP/alice*')).toBe('PJSIP%2Falice%2A');
    expect(token('\ud800')).toBe('%EF%BF%BD');
    expect(new Subjects('ari').events('02:fc', 'my.app', 'channel', '1.2')).toBe(
      'ari.v1.event.02%3Afc.my%2Eapp.channel.1%2E2',
    );
  });
});

describe('an id that is longer than a server takes', () => {
  it('is a short token, of its own, and the same each time', () => {
    const [one, other] = ['x'.repeat(5_000), `${'x'.repeat(4_999)}y`];
    for (const id of [one, other]) expect(token(id)).toMatch(/^%H[0-9a-f]{64}$/);
    expect(token(one)).toBe(token(one));
    expect(token(one)).not.toBe(token(other));
    expect(token('x'.repeat(600))).toBe('x'.repeat(600));
  });
});

describe('the objects that an event is about', () => {
  const bridge = { id: 'b1', bridge_type: 'mixing', channels: ['1', '2'] };

  it.each([
    [event('StasisStart', { channel: channelData('1') }), ['channel 1']],
    [event('Dial', { caller: channelData('1'), peer: channelData('2') }), ['channel 1', 'channel 2']],
    [event('ChannelEnteredBridge', { bridge, channel: channelData('1') }), ['bridge b1', 'channel 1']],
    [event('PlaybackStarted', { playback: { id: 'p', target_uri: 'bridge:b1' } }), ['playback p', 'bridge b1']],
    [
      event('RecordingStarted', { recording: { name: 'r', target_uri: 'channel:1.1' } }),
      ['recording r', 'channel 1.1'],
    ],
    [
      event('ChannelTransfer', { refer_to: { connected_channel: channelData('3'), bridge } }),
      ['channel 3', 'bridge b1'],
    ],
    [event('SomethingNew', { of_a_channel: channelData('9') }), ['channel 9']],
    [event('DeviceStateChanged', { device_state: { name: 'Stasis:x', state: 'BUSY' } }), []],
  ])('%#', (of, objects) => {
    expect(carriedIn(of).map(({ kind, id }) => `${kind} ${id}`)).toEqual(objects);
  });

  it('are found in whatever comes, or none', () => {
    const keys = fc.constantFrom(
      'bridge_type',
      'target_uri',
      'caller',
      'connected',
      'id',
      'name',
      'toString',
      'channel',
    );
    fc.assert(
      fc.property(fc.object({ key: keys, maxDepth: 4 }), (any) => {
        for (const { id } of carriedIn(any)) expect(id).not.toBe('');
      }),
    );
  });
});
