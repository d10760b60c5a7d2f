import type { Refusal } from '../shared/protocol.js';

/** Asks the program for JSON. @throws {Error} in its words, if it refuses */
export async function getJson<T>(path: string): Promise<T> {
  return (await checked(await fetch(path))).json() as Promise<T>;
}

/** Posts JSON to the program. @throws {Error} in its words, if it refuses */
export async function post(path: string, body: unknown): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return checked(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  throw new Error(isJson ? ((await response.json()) as Refusal).error : await response.text());
}
