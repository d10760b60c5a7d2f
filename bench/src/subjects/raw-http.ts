import { Agent, request } from 'node:http';
import fetch from 'node-fetch';
import { Pool } from 'undici';
import type { Session, Subject, Target } from './subject.js';

const maxSockets = 10;

function authorizationOf({ username, password }: Target): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function requestsOnly(makePing: (target: Target) => () => Promise<unknown>): Subject {
  return {
    connect(target) {
      const session: Session = { on: () => undefined, ping: makePing(target), close: () => undefined };
      return Promise.resolve(session);
    },
  };
}

/** The floor of requests over HTTP: bare `node:http`. */
export const nodeHttp = requestsOnly((target) => {
  const agent = new Agent({ keepAlive: true, maxSockets });
  const headers = { authorization: authorizationOf(target) };
  const url = new URL('ari/asterisk/ping', target.url);
  return () =>
    new Promise((resolve, reject) => {
      const sent = request(url, { agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(JSON.parse(text)));
      });
      sent.on('error', reject);
      sent.end();
    });
});

export const undici = requestsOnly((target) => {
  const pool = new Pool(target.url, { connections: maxSockets });
  const headers = { authorization: authorizationOf(target) };
  return async () => {
    const { body } = await pool.request({ path: '/ari/asterisk/ping', method: 'GET', headers });
    return body.json();
  };
});

/** node-fetch alone, on as many kept connections as the SDK opens. */
export const nodeFetch = requestsOnly((target) => {
  const agent = new Agent({ keepAlive: true, maxSockets });
  const headers = { authorization: authorizationOf(target) };
  const url = `${target.url}ari/asterisk/ping`;
  return async () => (await fetch(url, { agent, headers })).json();
});
