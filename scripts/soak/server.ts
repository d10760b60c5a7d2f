import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as breathe } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { callEvents, wayOf } from './events.js';

/**
 * An Asterisk that does nothing but have calls, in a process of its own, so that the client's heap is all that is
 * measured. The parent orders calls; they overlap, a thousand at a time.
 */
const overlapping = 1_000;

const maxBuffered = 4_000_000;

let socket: WebSocket;
let sequence = 0;

const server = createServer((request, response) => {
  const [, , resource] = (request.url ?? '').split('/');
  if (resource === 'applications') {
    json(response, { name: 'soak', channel_ids: [], bridge_ids: [], endpoint_ids: [], device_names: [] });
  } else {
    json(response, { system: { version: '22.10.1' } });
  }
});

const webSockets = new WebSocketServer({ server });
webSockets.on('connection', (opened) => {
  socket = opened;
});

server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});

process.on('message', ({ from, to }: { from: number; to: number }) => {
  void run(from, to).then((sent) => process.send?.({ sent }));
});

process.on('disconnect', () => process.exit());

/** Interleaves the calls: first all beginnings of a thousand of them, then what comes next of each, and so on. */
async function run(from: number, to: number): Promise<number> {
  const before = sequence;
  for (let first = from; first < to; first += overlapping) {
    const count = Math.min(overlapping, to - first);
    const calls = Array.from({ length: count }, (_, index) => callEvents(first + index, wayOf(first + index)));
    for (let step = 0; calls.some((events) => step < events.length); step += 1) {
      for (const events of calls) {
        await send(events[step]);
      }
    }
  }
  return sequence - before;
}

async function send(event: object | undefined): Promise<void> {
  if (event === undefined) {
    return;
  }
  sequence += 1;
  const envelope = { application: 'soak', timestamp: '2026-11-23T01:23:45.678+0000', asterisk_id: String(sequence) };
  socket.send(JSON.stringify({ ...event, ...envelope }));
  while (socket.bufferedAmount > maxBuffered) {
    await breathe();
  }
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
