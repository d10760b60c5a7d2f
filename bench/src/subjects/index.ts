import type { Subject } from './subject.js';

/** Every subject by its name; each process loads one. */
const subjects = {
  'asterisk-ari': async () => (await import('./sdk.js')).sdk({}),
  'asterisk-ari http': async () => (await import('./sdk.js')).sdk({ transport: 'http' }),
  'asterisk-ari websocket': async () => (await import('./sdk.js')).sdk({ transport: 'websocket' }),
  'asterisk-ari eventFilter': async () => (await import('./sdk.js')).sdk({ eventFilter: 'auto' }),
  'ari-client': async () => (await import('./ari-client.js')).subject,
  '@ipcom/asterisk-ari': async () => (await import('./ipcom.js')).subject,
  'ws + JSON.parse': async () => (await import('./raw-ws.js')).subject,
  'node:http': async () => (await import('./raw-http.js')).nodeHttp,
  undici: async () => (await import('./raw-http.js')).undici,
  'node-fetch': async () => (await import('./raw-http.js')).nodeFetch,
} satisfies Record<string, () => Promise<Subject>>;

export type SubjectName = keyof typeof subjects;

export function loadSubject(name: SubjectName): Promise<Subject> {
  return subjects[name]();
}
