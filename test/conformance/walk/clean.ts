import { sendRaw, type RawTarget } from '../raw.js';

/** What a walk leaves behind, and how to be rid of it. */
const remains = [
  { list: '/channels', key: 'id' },
  { list: '/bridges', key: 'id' },
  { list: '/recordings/stored', key: 'name' },
  { list: '/deviceStates', key: 'name' },
  { list: '/mailboxes', key: 'name' },
];

/** How long channels may take to go away, in milliseconds. */
const patienceMs = 3000;

/** Takes everything away that walks have made; false if something stays. */
export async function cleanUp(target: RawTarget): Promise<boolean> {
  const end = Date.now() + patienceMs;
  for (;;) {
    let left = 0;
    for (const { list, key } of remains) {
      const { json } = await sendRaw(target, 'GET', list);
      for (const item of json as Record<string, string>[]) {
        left += 1;
        await sendRaw(target, 'DELETE', `${list}/${encodeURIComponent(item[key] ?? '')}`);
      }
    }
    if (left === 0) return true;
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
