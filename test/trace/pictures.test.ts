import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { html, ladder, mermaid, type ObjectRef, type TraceEntry } from 'asterisk-ari/trace';
import { describe, expect, it } from 'vitest';

const evil = '<img src=x onerror="document.title=1">\u001b[2J\u202e';
const ids = { channels: [], bridges: [], playbacks: [], liveRecordings: [] };

function channel(id: string, name: string, caller = '') {
  return { id, name, state: 'Up', caller: { name: caller, number: '' }, connected: {}, dialplan: {} };
}

let seq = 0;
function entry<Fields extends object>(fields: Fields): TraceEntry {
  seq += 1;
  return { seq, at: 1_795_829_258_000 + seq * 10, client: 'menu', ...fields } as unknown as TraceEntry;
}

function event(type: string, objects: ObjectRef[], fields: object): TraceEntry {
  return entry({ kind: 'event', type, application: 'menu', event: { type, ...fields }, objects });
}

function request(id: number, operation: string, objects: ObjectRef[], params: object): TraceEntry {
  return entry({ kind: 'request', id, operation, method: 'POST', path: '/x', params, objects });
}

function answer(id: number, status: number, ms: number, objects: ObjectRef[] = []): TraceEntry {
  return entry({ kind: 'answer', request: id, status, ms, attempts: 1, objects, ...(status >= 400 ? { error: 'no' } : {}) });
}

const ann: ObjectRef = 'channel:1.1';
const hall: ObjectRef = 'bridge:hall';
const trace: TraceEntry[] = [
  entry({ kind: 'connection', state: 'open', previous: 'connecting', apps: ['menu'], server: 'pbx:8088' }),
  event('StasisStart', [ann], { channel: channel('1.1', 'PJSIP/100-1', evil), args: ['sales'] }),
  request(1, 'channels.play', [ann], { channelId: '1.1', media: 'sound:hello-world' }),
  event('PlaybackStarted', ['playback:p', ann], { playback: { id: 'p', media_uri: 'sound:hello-world' } }),
  answer(1, 201, 3.4, [ann, 'playback:p']),
  request(2, 'playbacks.stop', ['playback:p'], {}),
  answer(2, 404, 1, ['playback:p']),
  request(3, 'bridges.addChannel', [hall, ann], {}),
  answer(3, 204, 2, [hall, ann]),
  event('ChannelUserevent', [ann], { channel: channel('1.1', 'PJSIP/100-1'), eventname: evil }),
  request(4, 'asterisk.getInfo', [], {}),
  answer(4, 200, 2),
  entry({ kind: 'gap', durationMs: 1200, gone: { ...ids, channels: ['1.1'] }, left: ids }),
];

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
    const [, row] = ladder([event('ChannelUserevent', [ann], { eventname: '你好' })], { width: 80, times: 'none' }).split('\n');
    expect(row).toContain(' ChannelUserevent 你好 ');
    const [, same] = ladder([event('ChannelUserevent', [ann], { eventname: 'abcd' })], { width: 80, times: 'none' }).split('\n');
    expect(row?.length).toBe((same?.length ?? 0) - 2);
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
    expect(text).not.toMatch(/<img|#27;|#8238;|[\u001b\u202e]/);
    for (const line of text.split('\n').slice(1, -1)) {
      expect(line).toMatch(/^ {2}(?:participant p\d+ as .+|Note over p\d+(?:,p\d+)?: .+|p\d+(?:->>|-->>|-x)p\d+: .+)$/);
    }
  });
});

describe('a page', () => {
  const page = html(trace, { title: `Call of ${evil}` });

  it('refers to nothing outside, has no script, and forbids both', () => {
    expect(page).not.toMatch(/https?:|<script|<img|<link|url\(|\son\w+=["']/i);
    expect(page).toMatch(/content="default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'"/);
    expect(page).toContain('&lt;img src=x onerror=&quot;');
    expect(page).not.toMatch(/[\u202e\u001b]/);
    expect(() => html(trace, { title: '' })).toThrow("option 'title' must be a string that is not empty");
  });

  it('opens from disk in a browser, with its style, and what a caller calls himself is text', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trace-'));
    const file = join(folder, 'call.html');
    await writeFile(file, page);
    const { stdout, stderr } = await promisify(execFile)(
      'chromium',
      ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}/profile`, '--dump-dom', pathToFileURL(file).href],
      { timeout: 60_000 },
    );
    await rm(folder, { recursive: true });
    expect(stdout).not.toContain('<img');
    expect(stdout).toContain('&lt;img src=x onerror=');
    expect(stdout.match(/<details/g)).toHaveLength(10);
    expect(stderr).not.toMatch(/Content Security Policy|Refused to/);
  }, 90_000);
});
