import { connect } from '@nats-io/transport-node';
import type { AriClient } from 'asterisk-ari';
import type { Fleet } from 'asterisk-ari/nats';
import type { House } from './house.js';

/** A worker on a connection of the test's, which can be cut as if its process had died. */
export async function mortal(house: House): Promise<{ fleet: Fleet<AriClient>; die(): Promise<void> }> {
  const nats = await connect({ servers: house.nats.url });
  const fleet = await house.worker({ servers: undefined, nats });
  house.ends(() => nats.close());
  return { fleet, die: () => nats.close() };
}
