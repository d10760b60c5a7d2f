import { AriValidationError } from 'asterisk-ari';
import { encodeCommand, parseEvent, type MediaCommand, type MediaEvent } from 'asterisk-ari/media';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** As Asterisk 22.10.1 has sent them. */
const captured: readonly (readonly [plainText: string, json: string])[] = [
  [
    'MEDIA_START connection_id:7ae7f0e2-5503-4f7a-afd9-fa88c20605ac channel:WebSocket/INCOMING/0x7f9b98002d60 channel_id:1795791676.1 format:slin16 optimal_frame_size:640 ptime:20',
    '{"event":"MEDIA_START","connection_id":"7ae7f0e2-5503-4f7a-afd9-fa88c20605ac","channel":"WebSocket/INCOMING/0x7f9b98002d60","channel_id":"1795791676.1","format":"slin16","optimal_frame_size":640,"ptime":20}',
  ],
  [
    'STATUS channel_id:1795791676.1 queue_length:1099 xon_level:800 xoff_level:900 queue_full:true bulk_media:false media_paused:false',
    '{"event":"STATUS","channel_id":"1795791676.1","queue_length":1099,"xon_level":800,"xoff_level":900,"queue_full":true,"bulk_media":false,"media_paused":false}',
  ],
  [
    'ERROR channel_id:1795791676.1 error_text:SET_MEDIA_DIRECTION only supports JSON format.\n',
    '{"event":"ERROR","channel_id":"1795791676.1","error_text":"SET_MEDIA_DIRECTION only supports JSON format.\\n"}',
  ],
  ['DTMF_END digit:5 channel_id:1795791676.1', '{"event":"DTMF_END","channel_id":"1795791676.1","digit":"5"}'],
];

describe('events', () => {
  it.each(captured)('say the same in both formats: %s', (plainText, json) => {
    const [one, other] = [parseEvent(plainText), parseEvent(json)];
    expect(one).toEqual({ ...other, format: 'plain-text' });
    expect(other).toMatchObject({ kind: 'event', format: 'json' });
  });

  it.each([
    ['MEDIA_XOFF', { event: 'MEDIA_XOFF' }],
    ['MEDIA_XON', { event: 'MEDIA_XON' }],
    ['QUEUE_DRAINED', { event: 'QUEUE_DRAINED' }],
    ['MEDIA_MARK_PROCESSED', { event: 'MEDIA_MARK_PROCESSED', correlation_id: '' }],
    ['MEDIA_MARK_PROCESSED the end: of it', { event: 'MEDIA_MARK_PROCESSED', correlation_id: 'the end: of it' }],
    ['MEDIA_BUFFERING_COMPLETED stop', { event: 'MEDIA_BUFFERING_COMPLETED', correlation_id: 'stop' }],
  ])('in plain text are taken apart: %s', (message, event) => {
    expect(parseEvent(message)).toEqual({ kind: 'event', format: 'plain-text', event });
  });

  it('have their fields in any order, and some that nobody knows', () => {
    const fields = [
      'connection_id:c',
      'channel:WebSocket/c/0x1',
      'format:ulaw',
      'optimal_frame_size:160',
      'ptime:20',
      'new:1',
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(fields, { minLength: fields.length }), (shuffled) => {
        expect(parseEvent(['MEDIA_START', ...shuffled].join(' '))).toMatchObject({
          kind: 'event',
          event: { connection_id: 'c', channel: 'WebSocket/c/0x1', format: 'ulaw', optimal_frame_size: 160, ptime: 20 },
        });
      }),
    );
  });

  it('have the variables of the channel, in JSON', () => {
    const start = {
      event: 'MEDIA_START',
      connection_id: 'c',
      channel: 'n',
      format: 'ulaw',
      optimal_frame_size: 160,
      ptime: 20,
    };
    const message = JSON.stringify({ ...start, channel_variables: { A: '1', B: { not: 'text' }, __proto__: 'x' } });
    expect(parseEvent(message)).toMatchObject({ event: { channel_variables: { A: '1' } } });
  });

  it('of a kind that is not known come whole', () => {
    expect(parseEvent('{"event":"MEDIA_NEW","level":3}')).toEqual({
      kind: 'unknown',
      format: 'json',
      event: { event: 'MEDIA_NEW', level: 3 },
    });
    expect(parseEvent('MEDIA_NEW level:3')).toMatchObject({
      kind: 'unknown',
      event: { event: 'MEDIA_NEW', level: '3' },
    });
  });

  it.each([
    ['', 'it has no name of an event'],
    ['   ', 'it has no name of an event'],
    ['{', 'it is not JSON'],
    ['{"a":1}', 'it has no name of an event'],
    ['{"event":5}', 'it has no name of an event'],
    ['{"event":"MEDIA_START"}', 'connection_id must be a string'],
    [
      'MEDIA_START connection_id:c channel:n format:f optimal_frame_size:900000000 ptime:20',
      'optimal_frame_size must be at most 65527',
    ],
    ['MEDIA_START connection_id:c channel:n format:f optimal_frame_size:640 ptime:60000', 'ptime must be at most 1000'],
    ['{"event":"DTMF_END","digit":5}', 'digit must be a string'],
    ['{"event":"MEDIA_XOFF","channel_id":5}', 'channel_id must be a string'],
    ['STATUS queue_length:-1', 'queue_length must be a whole number'],
    ['STATUS queue_length:1 xon_level:1 xoff_level:1 queue_full:perhaps', 'queue_full must be true or false'],
    [
      'MEDIA_START connection_id:c channel:n format:f optimal_frame_size:many ptime:20',
      'optimal_frame_size must be a whole number',
    ],
  ])('that are none are told with the reason: %j', (message, reason) => {
    expect(parseEvent(message)).toEqual({ kind: 'malformed', message: { text: message, reason } });
  });

  it('may be anything: nothing is thrown, and what is shown of it is short', () => {
    const names = fc.constantFrom('MEDIA_START', 'STATUS', 'ERROR', 'DTMF_END', 'MEDIA_MARK_PROCESSED');
    const json = fc
      .record({ event: names })
      .chain((event) =>
        fc.dictionary(fc.string(), fc.anything({ maxDepth: 1 }), { maxKeys: 5 }).map((rest) => ({ ...rest, ...event })),
      );
    const message = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1_500 }),
      json.map((value) => JSON.stringify(value) ?? ''),
      fc.tuple(names, fc.string()).map(([name, rest]) => `${name} ${rest}`),
      fc.constantFrom(
        '{"__proto__":{"event":"x"}}',
        '{"event":"constructor"}',
        'constructor',
        '__proto__ a:b',
        '{"event":"toString"}',
      ),
    );
    fc.assert(
      fc.property(message, (text) => {
        const parsed = parseEvent(text);
        if (parsed.kind === 'malformed') {
          expect(parsed.message.text.length).toBeLessThanOrEqual(1_000);
        }
      }),
    );
  });
});

describe('commands', () => {
  it.each<[MediaCommand, string, string]>([
    [{ command: 'ANSWER' }, 'ANSWER', '{"command":"ANSWER"}'],
    [{ command: 'MARK_MEDIA', correlation_id: '7' }, 'MARK_MEDIA 7', '{"command":"MARK_MEDIA","correlation_id":"7"}'],
    [{ command: 'STOP_MEDIA_BUFFERING' }, 'STOP_MEDIA_BUFFERING', '{"command":"STOP_MEDIA_BUFFERING"}'],
  ])('are written as Asterisk reads them: %j', (command, plainText, json) => {
    expect(encodeCommand(command, 'plain-text')).toBe(plainText);
    expect(encodeCommand(command, 'json')).toBe(json);
  });

  it('are refused if Asterisk would drop them for their length', () => {
    const command = (length: number): MediaCommand => ({ command: 'MARK_MEDIA', correlation_id: 'x'.repeat(length) });
    expect(encodeCommand(command(117), 'plain-text')).toHaveLength(128);
    const tooLong = 'MARK_MEDIA is 129 bytes long: Asterisk ignores a command of more than 128';
    expect(() => encodeCommand(command(118), 'plain-text')).toThrow(tooLong);
    expect(() => encodeCommand(command(100), 'json')).toThrow(AriValidationError);
    expect(() => encodeCommand({ command: 'MARK_MEDIA', correlation_id: '€'.repeat(40) }, 'plain-text')).toThrow(
      '131 bytes',
    );
  });

  it('are refused if plain text cannot say them', () => {
    expect(() => encodeCommand({ command: 'SET_MEDIA_DIRECTION', direction: 'in' }, 'plain-text')).toThrow('JSON only');
    for (const correlation_id of [' a', 'a ', 'a\nHANGUP', 'a\0b']) {
      expect(() => encodeCommand({ command: 'MARK_MEDIA', correlation_id }, 'plain-text')).toThrow(
        'blanks at its ends',
      );
    }
  });

  it('that are accepted come back as what they are, whatever the id', () => {
    const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(id, fc.constantFrom('json', 'plain-text'), (correlation_id, format) => {
        let text: string;
        try {
          text = encodeCommand({ command: 'MARK_MEDIA', correlation_id }, format);
        } catch (error) {
          expect(error).toBeInstanceOf(AriValidationError);
          return;
        }
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(128);
        // What Asterisk does with it: strip, cut at the first blank, and put the id into its answer.
        const read =
          format === 'json'
            ? (JSON.parse(text) as { correlation_id: string }).correlation_id
            : text.trim().slice('MARK_MEDIA '.length);
        const answer =
          format === 'json'
            ? JSON.stringify({ event: 'MEDIA_MARK_PROCESSED', correlation_id: read })
            : `MEDIA_MARK_PROCESSED ${read}`;
        const parsed = parseEvent(answer) as { event: MediaEvent };
        expect(parsed.event).toMatchObject({ correlation_id });
      }),
    );
  });
});
