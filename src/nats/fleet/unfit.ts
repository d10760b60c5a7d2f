import { describe } from '../../support/describe.js';
import type { Announcement } from '../messages.js';
import { isNodeId, isOneLine } from '../names.js';

/** What of an announcement no relay would say, and would not stay in its line of a log; undefined if there is nothing. */
export function unfitIn({ node, place = '', apps, release = '', started = '' }: Announcement): string | undefined {
  if (!isNodeId(node)) {
    return `its node is ${describe(node)}`;
  }
  const names = { place: [place], application: apps, release: [release], start: [started] };
  for (const [what, texts] of Object.entries(names)) {
    const wrong = texts.find((text) => !isOneLine(text));
    if (wrong !== undefined) {
      return `its ${what} is ${describe(wrong)}`;
    }
  }
  return undefined;
}
