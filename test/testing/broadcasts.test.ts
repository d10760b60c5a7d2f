import { describe, expect, it } from 'vitest';
import { Bench } from './support.js';

describe('a call that is offered to all', () => {
  it('belongs to the first who claims it', async () => {
    await using bench = await Bench.start();
    const one = await bench.app('one');
    const two = await bench.app('two');
    const phone = bench.asterisk.call({ to: 'broadcast', from: '77' });
    for (const app of [one, two]) {
      expect(await app.waitFor('CallBroadcast')).toMatchObject({ caller: '77', called: 'broadcast' });
    }
    const claim = async (application: string) =>
      bench.rest('POST', `/events/claim?channelId=${phone.channelId}&application=${application}`);
    const answers = await Promise.all([claim('two'), claim('one')]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204, 409]));
    const winner = answers[0].status === 204 ? two : one;
    await winner.waitFor('StasisStart');
  });

  it('is claimed no more when the time is over', async () => {
    await using bench = await Bench.start();
    await bench.app('one');
    const phone = bench.asterisk.call({ to: 'broadcast' });
    bench.asterisk.advance(5000);
    await phone.ended();
    expect(await bench.rest('POST', `/events/claim?channelId=${phone.channelId}&application=one`)).toMatchObject({
      status: 404,
      body: { message: 'Channel not found or not in broadcast state' },
    });
    expect((await bench.rest('POST', '/events/claim')).status).toBe(400);
  });
});
