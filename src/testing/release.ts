/** The first release of each branch that answers REST requests on event sockets. */
const REST_OVER_WEBSOCKET: Readonly<Record<number, number>> = { 20: 14, 21: 9, 22: 4 };

/** Whether a release answers REST requests on its event sockets. */
export function takesRequestsOnSockets(release: string): boolean {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  const first = REST_OVER_WEBSOCKET[major];
  return first === undefined ? major > 22 : minor >= first;
}
