import { formatNamed, type AudioFormat } from '../../../media/audio/format.js';
import { alaw, ulaw, type G711 } from '../../../media/audio/g711.js';

/** A piece of audio on its way through a call. */
export interface AudioFrame {
  /** As Asterisk names it. */
  readonly format: string;
  readonly data: Buffer;
}

const LAWS: Readonly<Record<string, G711 | undefined>> = { ulaw, alaw };

/** A frame's audio in another format; `undefined` where nobody can tell its samples apart. */
export function convert({ format, data }: AudioFrame, wanted: string): Buffer | undefined {
  if (format === wanted) return data;
  const [from, to] = [formatNamed(format), formatNamed(wanted)];
  return from && to && fromLinear(resample(toLinear(data, from), from.sampleRate, to.sampleRate), to);
}

function toLinear(data: Buffer, { name }: AudioFormat): Buffer {
  return LAWS[name]?.decode(data) ?? data;
}

function fromLinear(data: Buffer, { name }: AudioFormat): Buffer {
  return LAWS[name]?.encode(data) ?? data;
}

/** Takes the nearest sample: no ear will judge it. */
function resample(linear: Buffer, from: number, to: number): Buffer {
  if (from === to) return linear;
  const result = Buffer.alloc(2 * Math.round((linear.length / 2) * (to / from)));
  for (let at = 0; at < result.length; at += 2) {
    const nearest = Math.min(Math.floor((at / 2) * (from / to)), linear.length / 2 - 1);
    result.writeInt16LE(linear.readInt16LE(nearest * 2), at);
  }
  return result;
}
