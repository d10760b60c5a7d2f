import { connect as connectV22, UnsupportedOperationError } from 'asterisk-ari';
import { beforeAll, describe, expect, it } from 'vitest';
import { runScenarios, type Connect } from '../conformance/run.js';
import { bindingsOf } from './bindings.js';
import { realAsterisk, serverOf } from './real.js';

const asterisk = realAsterisk('16');
const server = () => serverOf(asterisk());
let bindings: Awaited<ReturnType<typeof bindingsOf>>;

beforeAll(async () => {
  bindings = await bindingsOf(server());
});

const connect: Connect = (options) => bindings.connect(options);

runScenarios('Asterisk 16, with bindings made from that server', 16, server, connect);

describe('bindings of 22 on Asterisk 16', () => {
  it('do what both know', async () => {
    const { url, username, password } = server();
    const client = await connectV22(url, username, password);
    expect((await client.asterisk.ping()).ping).toBe('pong');
    await client.close();
  });

  it('say of an operation that 16 does not have that it is not there', async () => {
    const { url, username, password } = server();
    const client = await connectV22({ url, username, password });
    const missing = [
      () => client.channels.progress({ channelId: 'any' }),
      () => client.channels.getChannelVars({ channelId: 'any', variables: ['A'] }),
      () => client.bridges.setBridgeVar({ bridgeId: 'any', variable: 'A', value: '1' }),
      () => client.events.claimChannel({ channelId: 'any', application: 'any' }),
      () => client.endpoints.refer({ to: 'a', from: 'b', refer_to: 'c' }),
    ];
    for (const attempt of missing) {
      const error = await attempt().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UnsupportedOperationError);
      expect(String(error)).toMatch(
        /is not offered by Asterisk 16\.28\.0.*bindings were made from 22\.10\.1.*ari-codegen --url/,
      );
    }
    await client.close();
  });
});
