import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Tells whether an `Authorization` header is that of a user, in a time that does not depend on what it says. The name of
 * the scheme may be written in any case (RFC 7617).
 */
export function basicAuthentication(username: string, password: string): (header: string | undefined) => boolean {
  const key = randomBytes(32);
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const expected = digest(Buffer.from(`${username}:${password}`).toString('base64'));
  return (header = '') => {
    const [, proof = ''] = /^basic +([a-z\d+/]+=*)$/i.exec(header) ?? [];
    return timingSafeEqual(digest(proof), expected);
  };
}
