import { refuseOption } from '../support/check-option.js';

/**
 * The base of all paths: the URL that the application gave, with its prefix and `/ari`, without a slash at the end.
 * @throws {AriValidationError} for what would be dropped or shown
 */
export function checkUrl(text: string): URL {
  const url = checkServerUrl(text);
  url.pathname = url.pathname.endsWith('/ari') ? url.pathname : `${url.pathname.replace(/\/$/, '')}/ari`;
  return url;
}

/**
 * The URL of an HTTP server, with its prefix, without a slash at the end.
 * @throws {AriValidationError} for what would be dropped or shown
 */
export function checkServerUrl(text: string): URL {
  const url = parse(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuseOption('url', `must begin with http: or https:, not ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw refuseOption('url', 'must not hold credentials; give username and password as options of their own');
  }
  if (url.search !== '') {
    // Names alone, and of those only what has a value: any other word may be a password.
    const names = [...new Set([...url.searchParams].flatMap(([name, value]) => (value === '' ? [] : [name])))];
    throw refuseOption('url', `must not have a query (${names.join(', ')}): it would get lost`);
  }
  if (url.hash !== '') {
    throw refuseOption('url', 'must not have a fragment (#): it would get lost');
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw refuseOption('url', 'must be that of an HTTP server, such as http://localhost:8088/');
  }
}
