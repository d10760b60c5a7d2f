import { brotliDecompressSync, constants, gunzipSync, inflateSync, type InputType } from 'node:zlib';

/** What proxies may do to an answer, though we ask for none of it. The flush makes do with what was cut off. */
const decoders: ReadonlyMap<string, (bytes: InputType, maxOutputLength: number) => Buffer> = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', (bytes, maxOutputLength) => inflateSync(bytes, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH })],
  [
    'br',
    (bytes, maxOutputLength) =>
      brotliDecompressSync(bytes, { maxOutputLength, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  ],
  ['identity', (bytes) => bytes as Buffer],
]);

/**
 * Undoes the coding that a `Content-Encoding` header names.
 * @throws {Error} if it is unknown, if these bytes are not of that coding, or if the result is longer than allowed
 */
export function decodeContent(bytes: Buffer, coding: string, maxBytes: number): Buffer {
  const decode = decoders.get(coding.trim().toLowerCase());
  if (decode === undefined) {
    throw new Error('unknown coding');
  }
  return decode(bytes, maxBytes);
}

function gunzip(bytes: InputType, maxOutputLength: number): Buffer {
  return gunzipSync(bytes, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
}
