import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { HttpSettings } from './http-settings.js';

/** Asterisk closes an idle connection after 15 s without a hint; ours must go first. */
const idleMs = 10_000;

/** Keeps connections to one server open from one request to the next. */
export function makeAgent({ baseUrl, maxSockets, tls }: HttpSettings): HttpAgent {
  // As many again for requests that Asterisk leaves without an answer.
  const options = { keepAlive: true, maxSockets: 2 * maxSockets, maxFreeSockets: maxSockets, timeout: idleMs };
  const agent = baseUrl.protocol === 'https:' ? new HttpsAgent({ ...options, ...tls }) : new HttpAgent(options);
  // By this, an agent tells its servers apart, and builds it for every request: here there is only one.
  agent.getName = () => 'asterisk';
  return agent;
}
