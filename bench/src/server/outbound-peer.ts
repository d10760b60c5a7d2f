/**
 * An Asterisk that opens a connection for each call, so many at a time, until so many calls are over: each is registered,
 * tells of its call, and is closed when the call is answered. Ends by itself.
 */
import { WebSocket } from 'ws';

const [url = '', authorization = '', count = '0', concurrency = '1'] = process.argv.slice(2);

interface Request {
  readonly type: string;
  readonly request_id: string;
  readonly uri: string;
}

let begun = 0;

async function caller(): Promise<void> {
  while (begun < Number(count)) {
    begun += 1;
    await call(begun);
  }
}

function call(number: number): Promise<void> {
  const name = `PJSIP/bench-${String(number).padStart(8, '0')}`;
  const channel = {
    id: `1700000000.${number}`,
    name,
    state: 'Ring',
    protocol_id: '',
    caller: { name: '', number: '' },
  };
  const common = { application: `ivr:${name}`, asterisk_id: 'bench', timestamp: '2026-01-01T00:00:00.000+0000' };
  const socket = new WebSocket(url, 'ari', { headers: { authorization }, perMessageDeflate: false });
  const say = (message: object): void => socket.send(JSON.stringify({ ...message, ...common }));
  socket.on('open', () => say({ type: 'ApplicationRegistered' }));
  socket.on('message', (data: Buffer) => {
    const { request_id, uri } = JSON.parse(data.toString()) as Request;
    const isInfo = uri.startsWith('asterisk/info');
    const body = isInfo ? { system: { version: '22.10.1', entity_id: 'bench' } } : {};
    say({
      type: 'RESTResponse',
      request_id,
      status_code: 200,
      reason_phrase: 'OK',
      uri,
      content_type: 'application/json',
      message_body: JSON.stringify(body),
    });
    if (isInfo) say({ type: 'StasisStart', args: [], channel });
    if (uri.includes('/answer')) socket.close(1000);
  });
  return new Promise((resolve, reject) => {
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });
}

await Promise.all(Array.from({ length: Number(concurrency) }, caller));
