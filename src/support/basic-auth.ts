import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an `Authorization` header holds a user's name and password; how long that takes tells nothing of them. */
export function hasCredentials(header: string | undefined, username: string, password: string): boolean {
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return timingSafeEqual(digest(header ?? ''), digest(expected));
}

/** Digests are of one length, whatever the texts are. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
