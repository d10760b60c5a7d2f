import { connect } from '@nats-io/transport-node';
import { AriError, type Logger } from 'asterisk-ari';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';

const silent = () => undefined;

function logs() {
  const errors: string[] = [];
  const logger: Logger = { debug: silent, info: silent, warn: silent, error: (line) => void errors.push(line) };
  return { errors, logger };
}

describe('a fleet', () => {
  it.each(['its owner', 'the attempts'])('ends when its connection to NATS is over for good: by %s', async (by) => {
    await using house = await House.open();
    await house.relay(await house.asterisk('a'));
    const { errors, logger } = logs();
    const own = await connect({ servers: house.nats.url });
    house.ends(() => own.close());
    const nats = by === 'its owner' ? own : { maxReconnectAttempts: 1, reconnectTimeWait: 20, reconnectJitter: 0 };
    const fleet = await house.worker({ nats, logger, ...(nats === own && { servers: undefined }) });
    const states: unknown[] = [];
    fleet.on('state', ({ state, error }) => states.push([state, error]));
    const node = fleet.node('a');
    await expect.poll(() => node.client.state).toBe('open');
    await (by === 'its owner' ? own.close() : house.nats.kill());
    const error = await fleet.closed;
    expect(error).toBeInstanceOf(AriError);
    expect(error?.message).toBe('the connection to NATS is closed');
    expect(states.at(-1)).toEqual(['closed', error]);
    expect(errors).toContain('the fleet is over: the connection to NATS is closed');
    expect([node.client.state, fleet.isUp]).toEqual(['closed', false]);
    await expect(node.client.channels.list()).rejects.toMatchObject({ delivery: 'notSent' });
    await fleet.close();
  });

  it('that is closed on purpose ends with no error, and has no calls', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const { errors, logger } = logs();
    const [closed, drained] = [
      await house.worker({ logger, maxCalls: 1 }),
      await house.worker({ logger, maxCalls: 1 }),
    ];
    [closed, drained].forEach((fleet) => fleet.on('StasisStart', silent));
    ['1', '2'].forEach((from) => asterisk.call({ to: 'stasis-ivr', from }));
    await expect.poll(() => [closed.calls, drained.calls]).toEqual([1, 1]);
    expect(await drained.drain({ timeoutMs: 50 })).toBe(1);
    await closed.close();
    expect(await Promise.all([closed.closed, drained.closed])).toEqual([undefined, undefined]);
    expect([closed.calls, drained.calls, errors]).toEqual([0, 0, []]);
  });
});
