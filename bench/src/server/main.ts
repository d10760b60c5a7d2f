/**
 * The synthetic Asterisk, a process of its own: answers a few requests, over HTTP and over event sockets, and sends
 * events on demand. What is asked for by `/bench/…` is for the measuring program.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { frame, roundOf, type Mix } from './frames.js';
import { answer } from './rest.js';
import { send, sendPaced } from './sender.js';

const sockets = new Map<string, Socket>();
const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false });

const server = createServer((request, response) => void respond(request, response));

server.on('upgrade', (request, socket, head) => {
  const app = new URL(request.url ?? '', 'http://bench').searchParams.get('app') ?? '';
  upgrades.handleUpgrade(request, socket as Socket, head, (webSocket) => {
    sockets.set(app, socket as Socket);
    webSocket.on('message', (data: Buffer) => void reply(data, app, socket as Socket));
    webSocket.on('error', () => undefined);
    webSocket.on('close', () => sockets.delete(app));
  });
});

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', 'http://bench');
  request.resume();
  if (url.pathname === '/bench/send') {
    await sendEvents(url.searchParams);
    response.end();
    return;
  }
  if (url.pathname.startsWith('/ari/events/user/')) {
    const app = url.searchParams.get('application') ?? '';
    const event = { type: 'ChannelUserevent', timestamp: '', eventname: 'first', userevent: {}, application: app };
    sockets.get(app)?.write(frame(JSON.stringify(event)));
    response.writeHead(204).end();
    return;
  }
  const { status, body } = await answer(url.pathname.replace(/^\/ari\//, ''), request.headers.host ?? '');
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function sendEvents(query: URLSearchParams): Promise<void> {
  const app = query.get('app') ?? '';
  const mix = JSON.parse(query.get('mix') ?? '{}') as Mix;
  const socket = sockets.get(app);
  if (socket !== undefined) {
    const [frames, count, perSecond] = [roundOf(mix, app), Number(query.get('count')), Number(query.get('perSecond'))];
    await (Number.isFinite(perSecond) ? sendPaced(socket, frames, count, perSecond) : send(socket, frames, count));
  }
}

/** REST over the event socket. */
async function reply(data: Buffer, app: string, socket: Socket): Promise<void> {
  const request = JSON.parse(data.toString()) as { request_id: string; uri: string };
  const { status, body } = await answer(request.uri, '');
  const response = {
    type: 'RESTResponse',
    transaction_id: '',
    request_id: request.request_id,
    status_code: status,
    reason_phrase: 'OK',
    uri: request.uri,
    content_type: 'application/json',
    message_body: body,
    application: app,
    timestamp: '2026-11-23T03:21:06.651+0000',
    asterisk_id: '02:fc:00:00:00:01',
  };
  socket.write(frame(JSON.stringify(response)));
}

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
