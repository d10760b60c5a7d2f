import { expect, it } from 'vitest';
import { Calls, type NewCall } from '../../src/nats/relay/calls.js';
import type { StasisEvent } from '../../src/nats/relay/stasis-event.js';

const frame = Buffer.from('{}');
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Calls that whoever is offered them takes, and what was done, in its order. */
function calls(): { readonly calls: Calls; readonly done: string[] } {
  const done: string[] = [];
  const host = {
    offer: async ({ app }: NewCall) => {
      done.push(`offer ${app}`);
      return { worker: `of ${app}`, grant: () => done.push(`grant ${app}`), refuse: () => done.push('refuse') };
    },
    publish: (_frame: Uint8Array, { type, application }: StasisEvent) =>
      void done.push(`publish ${String(type)} ${application}`),
    begun: () => undefined,
    unclaimed: () => undefined,
    logger: silent,
  };
  return { calls: new Calls(host, 1_000), done };
}

const call = (app: string): NewCall => ({ app, channelId: 'c', frame, isAdopted: false });

/** As a relay does with an event of the call. */
function tell(to: Calls, type: string, application: string): void {
  if (to.holds('c', frame, { type, application })) return;
  if (type === 'StasisEnd') to.ended('c', application);
}

it('a call that was moved is offered once it has left where it was, though Asterisk tells its beginning before', async () => {
  const { calls: moved, done } = calls();
  moved.started(call('front'));
  await expect.poll(() => moved.get('c')?.worker).toBe('of front');
  moved.started(call('support'));
  tell(moved, 'ChannelVarset', 'support');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(done).toEqual(['offer front', 'grant front']);
  tell(moved, 'StasisEnd', 'front');
  await expect.poll(() => moved.get('c')).toEqual({ worker: 'of support', app: 'support' });
  // What came of it meanwhile is its own, and the end of what was before is not.
  expect(done.slice(2)).toEqual(['offer support', 'grant support', 'publish ChannelVarset support']);
});

it('a call that was moved and is over before it has left where it was is offered to nobody', async () => {
  const { calls: moved, done } = calls();
  moved.started(call('front'));
  await expect.poll(() => moved.get('c')?.worker).toBe('of front');
  moved.started(call('support'));
  tell(moved, 'StasisEnd', 'support');
  moved.ended('c');
  await moved.idle();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([moved.owned, moved.offered, ...done]).toEqual([
    0,
    0,
    'offer front',
    'grant front',
    'publish StasisEnd support',
  ]);
});

it('of a call whose leaving is not told it is not waited for longer than a moment', async () => {
  const { calls: moved } = calls();
  moved.started(call('front'));
  await expect.poll(() => moved.get('c')?.worker).toBe('of front');
  moved.started(call('support'));
  await expect.poll(() => moved.get('c')?.worker, { timeout: 3_000 }).toBe('of support');
});
