import { readFileSync } from 'node:fs';
import type { House } from './house.js';

/** What a page of the documentation says that NATS is to let us do: the server's configuration. */
export function documentedRights(page: string): string {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  const [, config] = /```\n(authorization \{\n.*?\n\})\n```/s.exec(text) ?? [];
  if (config === undefined) throw new Error(`docs/${page} has no rights`);
  return config.replaceAll(/\$\w+_PASSWORD/g, 'secret');
}

/** Without one of them. */
export function without(config: string, role: string, verb: string, right: string): string {
  const list = new RegExp(`(${role} = \\{.*?${verb} = \\[)([^\\]]*)(\\])`, 's');
  return config.replace(list, (_all, before: string, rights: string, after: string) => {
    const left = rights.split(', ').filter((each) => each !== `"${right}"`);
    if (left.length === rights.split(', ').length) throw new Error(`${role} has no right to ${verb} to ${right}`);
    return before + left.join(', ') + after;
  });
}

export const as = (user: string) => ({ nats: { user, pass: 'secret' } });

/** What the server has refused. */
export function refusals(house: House): string[] {
  return house.nats.log.filter((line) => /violation/i.test(line));
}
