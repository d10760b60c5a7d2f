import type { Channel } from '../channels/channel.js';
import { localPeer } from '../channels/local.js';
import type { Engine } from '../engine.js';
import type { Bridge } from './bridge.js';

/** Tells every channel of a bridge the names of the others. */
export function updatePeerVariables(engine: Engine, bridge: Bridge): void {
  const channels = [...bridge.members.keys()];
  if (channels.length < 2) return;
  for (const channel of channels) {
    const others = channels.filter((other) => other !== channel).map((other) => other.name);
    // Asterisk's own channels stand first in such a list.
    others.sort((a, b) => Number(isHelper(b)) - Number(isHelper(a)));
    const peers = others.join(',');
    if (channel.variables.get('BRIDGEPEER') !== peers) engine.channels.setVariable(channel, 'BRIDGEPEER', peers);
  }
}

/** Tells two channels that have just met who the other one is. */
export function exchangeConnectedLines(engine: Engine, bridge: Bridge, newcomer: Channel): void {
  if (bridge.type !== 'mixing') return;
  const [first, second, ...more] = [...bridge.members.keys()].filter((channel) => !channel.internal);
  if (!first || !second || more.length > 0) return;
  const other = first === newcomer ? second : first;
  if (bridge.members.get(other)?.inhibitConnectedLineUpdates !== true) connect(engine, newcomer, other);
  if (bridge.members.get(newcomer)?.inhibitConnectedLineUpdates !== true) connect(engine, other, newcomer);
}

function connect(engine: Engine, channel: Channel, party: Channel): void {
  engine.channels.setConnected(channel, party.caller);
  const half = localPeer(channel);
  if (half && party.caller.number !== '') engine.channels.setCaller(half, party.caller);
}

function isHelper(name: string): boolean {
  return /^(Announcer|Recorder)\//.test(name);
}
