import { html, ladder, mermaid } from 'asterisk-ari/trace';
import { describe, expect, it } from 'vitest';
import { ann, channel, event, evil, trace } from './support/evil-trace.js';

describe('a ladder', () => {
  it('shows who says what to whom, when, and what comes of it', () => {
    expect(ladder(trace, { width: 92, ascii: true }).split('\n')).toEqual([
      '                 menu              Asterisk           PJSIP/100-1         bridge hall',
      '    0.000 .. event connection open (menu) ........................................',
      '    0.010           |<--------- StasisStart sales ----------|                   |',
      '    0.020           |------- play sound:hello-world ------->|                   |',
      '    0.030           |<- PlaybackStarted sound:hello-world --|                   |',
      '    0.040           |<- 201 3 ms (play sound:hello-world) --|                   |',
      '    0.050           |---------- stop -> 404 1 ms ---------->|                   |',
      '    0.070           |------- addChannel -> 204 2 ms --------o------------------>|',
      '    0.090           |< ChannelUserevent <img src=x onerror~-|                   |',
      '    0.100           |------------------>| getInfo -> 200 2 ms                   |',
      '    0.120 ~~ gap of 1200 ms; gone: channel 1.1 ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~',
      '',
    ]);
  });

  it.each([40, 57, 80, 200])('fits %i columns, and lets nothing at the terminal', (width) => {
    const lines = ladder(trace, { width }).split('\n');
    expect(lines).toHaveLength(12);
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(width);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
    const plain = ladder(trace, { width, ascii: true });
    expect(plain).toMatch(/^[\n\u0020-\u007e]*$/);
  });

  it('names the objects that it has no lane for', () => {
    const many = Array.from({ length: 30 }, (_, id) =>
      event('ChannelDtmfReceived', [`channel:${id}`], { digit: '1', channel: channel(String(id), `PJSIP/${id}-1`) }),
    );
    const text = ladder(many, { width: 100, ascii: true });
    expect(text).toContain('[PJSIP/29-1] ChannelDtmfReceived 1');
  });

  it('has room for two columns of a wide character', () => {
    const [, row] = ladder([event('ChannelUserevent', [ann], { eventname: '你好' })], {
      width: 80,
      times: 'none',
    }).split('\n');
    expect(row).toContain(' ChannelUserevent 你好 ');
    const [, same] = ladder([event('ChannelUserevent', [ann], { eventname: 'abcd' })], {
      width: 80,
      times: 'none',
    }).split('\n');
    expect(row?.length).toBe((same?.length ?? 0) - 2);
  });

  it('has no trouble with a name of any length', () => {
    const name = 'T'.repeat(1_000_000);
    const [, line = ''] = ladder([event(name, [], {})], { width: 80, ascii: true }).split('\n');
    expect(line).toMatch(/T{10,}~/);
    expect(line.length).toBeLessThanOrEqual(80);
  });

  it('shows the time of day, or none', () => {
    expect(ladder(trace.slice(0, 1), { times: 'clock', width: 60 })).toMatch(/^\d\d:\d\d:\d\d\.\d{3} /m);
    expect(ladder(trace.slice(0, 1), { times: 'none', width: 60 })).not.toContain('0.000');
    expect(() => ladder(trace, { width: 39 })).toThrow("option 'width' must be a whole number, at least 40");
    expect(ladder([], { width: 60 })).toContain('Asterisk');
  });
});

describe('a sequence diagram', () => {
  it('escapes what would end a text or be HTML', () => {
    const text = mermaid(trace);
    expect(text).toMatch(/^sequenceDiagram\n {2}participant p0 as menu\n {2}participant p1 as Asterisk\n/);
    expect(text).toContain('  p0->>p2: play sound#58;hello-world\n');
    expect(text).toContain('  p0-xp2: stop → 404 1 ms\n');
    expect(text).toContain('ChannelUserevent #60;img src=x onerror=#34;');
    expect(text).toContain('#92;u001b');
    expect(text).not.toMatch(/<img|#27;|#8238;|\p{Cf}/u);
    for (const line of text.split('\n').slice(1, -1)) {
      expect(line).toMatch(/^ {2}(?:participant p\d+ as .+|Note over p\d+(?:,p\d+)?: .+|p\d+(?:->>|-->>|-x)p\d+: .+)$/);
    }
  });
});

describe('a page', () => {
  const page = html(trace, { title: `Call of ${evil}` });

  it('refers to nothing outside, has no script, and forbids both', () => {
    expect(page).not.toMatch(/https?:|<script|<img|<link|url\(|\son\w+=["']/i);
    expect(page).toMatch(
      /content="default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'"/,
    );
    expect(page).toContain('&lt;img src=x onerror=&quot;');
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(() => html(trace, { title: '' })).toThrow("option 'title' must be a string that is not empty");
  });
});
