/** An application as Asterisk has registered it. */
export interface AppName {
  /** In `ari.conf`: `ivr`. */
  readonly configured: string;
  /** Of the call that it is for: `PJSIP/alice-00000001` of `ivr:PJSIP/alice-00000001`; none for one that stays. */
  readonly channelName: string | undefined;
}

/** Reads the name of an application; `undefined` for what Asterisk never registers: without a name, or half a channel's. */
export function parseAppName(app: string): AppName | undefined {
  const colon = app.indexOf(':');
  const slash = app.lastIndexOf('/');
  if (app.trim() === '' || colon === 0) {
    return undefined;
  }
  if (colon < 0 || slash < colon) {
    return { configured: app, channelName: undefined };
  }
  const isWhole = slash > colon + 1 && slash < app.length - 1;
  return isWhole ? { configured: app.slice(0, colon), channelName: app.slice(colon + 1) } : undefined;
}
