/** How the documents' names become ours. Rules only: there is no table of renames. */

/**
 * The method for an operation: its nickname in camelCase. A nickname written without a border between its words takes them
 * from the path's last literal segment, if that is the same word but for case and underscores: `rtpstatistics` on
 * `…/rtp_statistics` → `rtpStatistics`.
 */
export function methodName(nickname: string, path: string): string {
  const segment = path.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? '';
  const borderless = /^[a-z\d]+$/.test(nickname);
  return camelCase(borderless && plain(segment) === plain(nickname) ? segment : nickname);
}

/** `transfer_progress` → `transferProgress`; what is camelCase stays as it is (`sendDTMF`). */
export function camelCase(name: string): string {
  const [first = '', ...rest] = name.split(/[_-]+/).filter((word) => word !== '');
  return [first.charAt(0).toLowerCase() + first.slice(1), ...rest.map(capitalised)].join('');
}

/** The class of a resource: `deviceStates` → `DeviceStates`. */
export function className(resource: string): string {
  return capitalised(camelCase(resource));
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function plain(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase();
}
