import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A SIP message, as far as a phone of a test looks at it. */
interface Message {
  /** `INVITE sip:…` or `SIP/2.0 200 OK`. */
  readonly start: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/**
 * A SIP phone with which a test calls a real Asterisk: it sets calls up, sends no audio, asks for transfers, and takes down
 * what it is told of them. It serves nothing else.
 */
export class SipPhone implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #server: { readonly host: string; readonly port: number };
  readonly #calls = new Map<string, SipCall>();

  private constructor(socket: Socket, server: { host: string; port: number }) {
    this.#socket = socket;
    this.#server = server;
    socket.on('message', (data) => this.#receive(parse(data.toString('utf8'))));
  }

  /** @param server `127.0.0.1:5060` */
  static async open(server: string): Promise<SipPhone> {
    const [host = '', port = ''] = server.split(':');
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new SipPhone(socket, { host, port: Number(port) });
  }

  get address(): string {
    const { address, port } = this.#socket.address();
    return `${address}:${port}`;
  }

  /** Calls an extension, from a number of its own: 100, 101 …; resolves when the call is answered. */
  async call(extension: string): Promise<SipCall> {
    const number = String(100 + this.#calls.size);
    const call = new SipCall(this, number, `sip:${extension}@${this.#server.host}:${this.#server.port}`);
    this.#calls.set(call.id, call);
    await call.invite();
    return call;
  }

  send(text: string): void {
    this.#socket.send(text, this.#server.port, this.#server.host);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const call of this.#calls.values()) {
      call.hangup();
    }
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  #receive(message: Message): void {
    this.#calls.get(header(message, 'Call-ID'))?.receive(message);
  }
}

/** One call of a phone. */
export class SipCall {
  readonly id = randomUUID();
  /** What it was told before the answer: `180 Ringing`. */
  readonly provisional: string[] = [];
  /** What the phone was told of its transfer: `100 Trying`, `200 OK`, with a terminated subscription as `…, terminated`. */
  readonly notified: string[] = [];
  readonly #phone: SipPhone;
  readonly #number: string;
  readonly #tag = randomUUID();
  readonly #uri: string;
  readonly #answers = new Map<string, (message: Message) => void>();
  #target: string;
  #remote: string;
  #cseq = 0;
  #isOver = false;

  constructor(phone: SipPhone, number: string, uri: string) {
    this.#phone = phone;
    this.#number = number;
    this.#uri = uri;
    this.#target = uri;
    this.#remote = `<${uri}>`;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  async invite(): Promise<void> {
    const [ip] = this.#phone.address.split(':');
    const sdp = [
      'v=0',
      `o=- 1 1 IN IP4 ${ip}`,
      's=-',
      `c=IN IP4 ${ip}`,
      't=0 0',
      'm=audio 40000 RTP/AVP 0',
      'a=rtpmap:0 PCMU/8000',
      '',
    ].join('\r\n');
    const answer = await this.#request('INVITE', ['Content-Type: application/sdp'], sdp);
    if (!answer.start.startsWith('SIP/2.0 2')) {
      throw new Error(`the call was not answered: ${answer.start}`);
    }
    this.#remote = header(answer, 'To');
    this.#target = /<([^>]+)>/.exec(header(answer, 'Contact'))?.[1] ?? this.#target;
    this.#send('ACK', this.#cseq, []);
  }

  /**
   * Asks for a transfer of whoever it talks to: to an extension or, attended, to the party of another call of this phone.
   * Resolves with how that was answered: `202 Accepted`.
   */
  async refer(to: string | SipCall): Promise<string> {
    const { host } = new URL(this.#uri.replace('sip:', 'http://').replace(/\/\/[^@]*@/, '//'));
    const target = typeof to === 'string' ? `<sip:${to}@${host}>` : `<${to.#uri}?Replaces=${to.#replaces()}>`;
    const headers = [`Refer-To: ${target}`, `Referred-By: <sip:${this.#number}@${this.#phone.address}>`];
    const answer = await this.#request('REFER', headers);
    return answer.start.replace('SIP/2.0 ', '');
  }

  hangup(): void {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#cseq += 1;
      this.#send('BYE', this.#cseq, []);
    }
  }

  receive(message: Message): void {
    if (message.start.startsWith('SIP/2.0 ')) {
      if (message.start.startsWith('SIP/2.0 1')) {
        this.provisional.push(message.start.replace('SIP/2.0 ', ''));
      } else {
        this.#answers.get(header(message, 'CSeq'))?.(message);
      }
      return;
    }
    this.#answer(message);
    if (message.start.startsWith('BYE ')) {
      this.#isOver = true;
    } else if (message.start.startsWith('NOTIFY ')) {
      const isLast = header(message, 'Subscription-State').startsWith('terminated');
      this.notified.push(message.body.split('\r\n')[0]!.replace('SIP/2.0 ', '') + (isLast ? ', terminated' : ''));
    }
  }

  /** `CALL-ID;to-tag=…;from-tag=…`, as it stands in an address. */
  #replaces(): string {
    const remoteTag = /;tag=([^;>]+)/.exec(this.#remote)?.[1] ?? '';
    return encodeURIComponent(`${this.id};to-tag=${remoteTag};from-tag=${this.#tag}`);
  }

  #request(method: string, headers: readonly string[], body = ''): Promise<Message> {
    this.#cseq += 1;
    const cseq = this.#cseq;
    return new Promise((resolve) => {
      this.#answers.set(`${cseq} ${method}`, resolve);
      this.#send(method, cseq, headers, body);
    });
  }

  #send(method: string, cseq: number, headers: readonly string[], body = ''): void {
    const { address } = this.#phone;
    const head = [
      `${method} ${this.#target} SIP/2.0`,
      `Via: SIP/2.0/UDP ${address};branch=z9hG4bK${randomUUID()};rport`,
      'Max-Forwards: 70',
      `From: <sip:${this.#number}@${address}>;tag=${this.#tag}`,
      `To: ${this.#remote}`,
      `Call-ID: ${this.id}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <sip:${this.#number}@${address}>`,
      ...headers,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#phone.send(`${head.join('\r\n')}\r\n\r\n${body}`);
  }

  #answer(request: Message): void {
    const copied = request.headers.filter(([name]) => ['via', 'from', 'to', 'call-id', 'cseq'].includes(name));
    const head = [
      'SIP/2.0 200 OK',
      ...copied.map(([name, value]) => `${name}: ${value}`),
      `Contact: <sip:${this.#number}@${this.#phone.address}>`,
      'Content-Length: 0',
    ];
    this.#phone.send(`${head.join('\r\n')}\r\n\r\n`);
  }
}

function parse(text: string): Message {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { start, headers, body: body.join('\r\n\r\n') };
}

function header({ headers }: Message, name: string): string {
  return headers.find(([each]) => each === name.toLowerCase())?.[1] ?? '';
}
