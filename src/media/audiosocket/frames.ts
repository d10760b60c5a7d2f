/** Kinds of the messages of AudioSocket; each is a byte for its kind, two for its length, high byte first, and so many bytes. */
export const hangupKind = 0x00;
export const uuidKind = 0x01;
export const dtmfKind = 0x03;
export const errorKind = 0xff;

const headBytes = 3;

/** Formats by the kind of their audio. Asterisk 22.10 makes a mess of any other, though it opens the channel. */
const audioKinds = new Map([
  ['slin', 0x10],
  ['slin12', 0x11],
  ['slin16', 0x12],
  ['slin24', 0x13],
  ['slin32', 0x14],
  ['slin44', 0x15],
  ['slin48', 0x16],
  ['slin96', 0x17],
  ['slin192', 0x18],
]);

const formats = new Map(Array.from(audioKinds, ([format, kind]) => [kind, format]));

/** The formats that AudioSocket carries. */
export const audioSocketFormats: readonly string[] = [...audioKinds.keys()];

/** The kind under which audio of a format goes; `undefined` if it cannot. */
export function audioKindOf(format: string): number | undefined {
  return audioKinds.get(format);
}

/** The format that a kind of audio says it is; `undefined` if it is no audio. */
export function formatOfKind(kind: number): string | undefined {
  return formats.get(kind);
}

export function encodeFrame(kind: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const frame = Buffer.allocUnsafe(headBytes + payload.length);
  frame[0] = kind;
  frame.writeUInt16BE(payload.length, 1);
  frame.set(payload, headBytes);
  return frame;
}

export type OnFrame = (kind: number, payload: Buffer) => void;

/** Cuts what comes over a TCP connection into messages; at most one that is not whole yet is kept, 64 KiB of it. */
export class FrameReader {
  readonly #onFrame: OnFrame;
  #pieces: Buffer[] = [];
  #bytes = 0;
  /** So many bytes must be there before anything can be read. */
  #needed = headBytes;

  constructor(onFrame: OnFrame) {
    this.#onFrame = onFrame;
  }

  /** Takes what has come, however it was cut on the way. */
  push(bytes: Buffer): void {
    this.#pieces.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= this.#needed) {
      const rest = this.#read(this.#pieces.length === 1 ? bytes : Buffer.concat(this.#pieces));
      this.#pieces = rest.length === 0 ? [] : [rest];
      this.#bytes = rest.length;
    }
  }

  /** Reads what is whole, and returns what is not. */
  #read(bytes: Buffer): Buffer {
    let at = 0;
    for (;;) {
      this.#needed = headBytes;
      if (bytes.length - at >= headBytes) {
        this.#needed += bytes.readUInt16BE(at + 1);
      }
      const end = at + this.#needed;
      if (end > bytes.length) {
        return bytes.subarray(at);
      }
      this.#onFrame(bytes[at] as number, bytes.subarray(at + headBytes, end));
      at = end;
    }
  }
}
