import { readFile } from 'node:fs/promises';

/** An answer of the synthetic server. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

const docs = new URL('../../../api-docs/v22/', import.meta.url);
const json = (value: unknown): Answer => ({ status: 200, body: JSON.stringify(value) });
const ping = json({ ping: 'pong', timestamp: '2026-11-23T03:21:06.651+0000', asterisk_id: '02:fc:00:00:00:01' });
const info = json({ system: { version: '22.10.1', entity_id: '02:fc:00:00:00:01' } });
const missing: Answer = { status: 404, body: '{"message":"Resource not found"}' };

/** The few operations that the measurements need, and the api-docs that ari-client downloads. */
export async function answer(path: string, host: string): Promise<Answer> {
  if (path === 'asterisk/ping') {
    return ping;
  }
  if (path === 'asterisk/info') {
    return info;
  }
  if (path === 'channels') {
    return json([]);
  }
  const name = /^api-docs\/(\w+)\.(?:json|\{format\})$/.exec(path)?.[1];
  if (name === undefined) {
    return missing;
  }
  const text = await readFile(new URL(`${name}.json`, docs), 'utf8');
  return { status: 200, body: text.replace(/"basePath":\s*"[^"]*"/, `"basePath": "http://${host}/ari"`) };
}
