/** Events as they come over the wire. */
export type Raw = Record<string, unknown> & { readonly type: string };

export function event(type: string, fields: object): Raw {
  return {
    type,
    application: 'hello',
    timestamp: '2026-11-23T01:23:45.678+0000',
    asterisk_id: '02:fc:00:00:00:01',
    ...fields,
  };
}

export function channelData(id: string): object {
  const party = { name: '', number: '' };
  return {
    id,
    name: `Local/${id}@default-00000001;1`,
    state: 'Up',
    protocol_id: '',
    caller: party,
    connected: party,
    accountcode: '',
    dialplan: { context: 'default', exten: 's', priority: 1, app_name: 'Stasis', app_data: 'hello' },
    creationtime: '2026-11-23T01:23:45.000+0000',
    language: 'en',
  };
}

export function start(id: string, args: readonly string[] = []): Raw {
  return event('StasisStart', { args, channel: channelData(id) });
}

export function dtmf(id: string, digit: string): Raw {
  return event('ChannelDtmfReceived', { digit, duration_ms: 100, channel: channelData(id) });
}
