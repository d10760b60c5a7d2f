/**
 * Reads an answer as text; nothing if it has more than so many bytes. They are counted as they are decoded, a chunk at a
 * time: a few kilobytes of gzip can be gigabytes.
 */
export async function readBounded(
  response: Response,
  limit: number,
): Promise<{ readonly text: string | undefined; readonly bytes: number }> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // to leave the loop is to cancel the answer
    if (bytes > limit) return { text: undefined, bytes };
    text += decoder.decode(chunk, { stream: true });
  }
  return { text: text + decoder.decode(), bytes };
}
