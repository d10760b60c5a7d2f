import type { Channel } from '../channels/channel.js';
import { localPeer } from '../channels/local.js';
import type { Engine } from '../parts.js';
import type { Bridge } from './bridge.js';

/** Tells every channel of a bridge the names of the others; in one that holds them they have no peers. */
export function updatePeerVariables(engine: Engine, bridge: Bridge): void {
  const channels = [...bridge.members.keys()];
  if (channels.length < 2 || bridge.type === 'holding') return;
  for (const channel of channels) {
    const others = channels.filter((other) => other !== channel);
    const peers = others.map(({ name }) => name).join(',');
    if (channel.variables.get('BRIDGEPEER') !== peers) engine.channels.setVariable(channel, 'BRIDGEPEER', peers);
  }
}

/** Tells two channels that are alone in a bridge who the other one is, unless the one that came later was to inhibit it. */
export function exchangeConnectedLines(engine: Engine, bridge: Bridge): void {
  const [first, second, ...more] = [...bridge.members.keys()].filter((channel) => !channel.internal);
  if (bridge.type !== 'mixing' || !first || !second || more.length > 0) return;
  if (bridge.members.get(second)?.inhibitConnectedLineUpdates === true) return;
  connect(engine, second, first);
  connect(engine, first, second);
}

function connect(engine: Engine, channel: Channel, party: Channel): void {
  engine.channels.setConnected(channel, party.caller);
  const half = localPeer(channel);
  if (!half || party.caller.number === '') return;
  engine.soon(() => {
    if (!half.gone) engine.channels.setCaller(half, party.caller);
  });
}
