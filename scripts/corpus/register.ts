import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';

/** Registers a contact of the endpoint `loop`, as a phone would, or with 0 seconds takes it away again. */
export async function register(sipPort: string, seconds: number): Promise<void> {
  const socket = createSocket('udp4');
  try {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.send(request(socket.address().port, seconds), Number(sipPort), '127.0.0.1');
    const [answer] = (await once(socket, 'message')) as [Buffer];
    if (!answer.toString().startsWith('SIP/2.0 200')) {
      throw new Error(`registering was answered with ${answer.toString().split('\r\n')[0]}`);
    }
  } finally {
    socket.close();
  }
}

function request(port: number, seconds: number): string {
  const lines = [
    'REGISTER sip:127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${randomUUID()}`,
    'Max-Forwards: 70',
    `From: <sip:loop@127.0.0.1>;tag=${randomUUID()}`,
    'To: <sip:loop@127.0.0.1>',
    `Call-ID: ${randomUUID()}`,
    'CSeq: 1 REGISTER',
    'Contact: <sip:corpus@127.0.0.1:9>',
    `Expires: ${seconds}`,
    'User-Agent: corpus',
    'Content-Length: 0',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
