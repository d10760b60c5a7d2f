import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { callsOf, cutCall, ladder, parse, record, replay, stringify } from 'asterisk-ari/trace';
import { describe, expect, it } from 'vitest';
import { startMenu } from '../trace/support/menu.js';
import { realAsterisk } from './real.js';

describe.each(['22', '16'] as const)('traces of Asterisk %s', (release) => {
  const asterisk = realAsterisk(release);

  it('show a call, and drive the double as it went', async () => {
    const app = `trace-${process.pid}`;
    const { url, username, password } = asterisk();
    await using menu = await startMenu(asterisk(), { app });
    await using driver = await connect(url, username, password);
    await driver.start(`${app}-driver`);
    using recorder = record({ clients: { menu } });
    const caller = driver.channels.handle();
    const greeted = menu.waitFor('PlaybackStarted', { timeoutMs: 10_000 });
    await caller.originateWithId({
      endpoint: `Local/stasis-${app}@default/n`,
      app: `${app}-driver`,
      callerId: 'Jane <100>',
    });
    await greeted;
    const over = menu.waitFor('StasisEnd', { timeoutMs: 20_000 });
    await caller.sendDTMF({ dtmf: '2' });
    await over;
    await menu.idle({ timeoutMs: 5_000 });
    recorder.stop();

    const trace = parse(stringify(recorder.entries));
    expect(stringify(trace)).not.toContain(password);
    const [call, ...others] = callsOf(trace);
    expect(others).toEqual([]);
    expect(cutCall(trace, call?.channelId ?? '')).toEqual(call?.entries);
    const picture = ladder(trace, { width: 120, ascii: true });
    for (const words of ['StasisStart', 'answer', 'play sound:hello-world', 'ChannelDtmfReceived 2', 'hangup']) {
      expect(picture).toContain(words);
    }

    await using double = await startAsterisk();
    await using again = await startMenu(double, { app });
    expect(String(await replay(trace, double))).toBe('as recorded');
    await again.idle({ timeoutMs: 5_000 });
    await using changed = await startAsterisk();
    await using rude = await startMenu(changed, { app, rude: true });
    expect(String(await replay(trace, changed, { timeoutMs: 500 }))).toMatch(/^missing: playWithId sound:vm-goodbye/);
    await rude.idle({ timeoutMs: 5_000 });
  });
});
