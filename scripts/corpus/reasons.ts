/** Why a corpus has no example of something; `only` where that holds for one release alone. */
interface Reason {
  readonly what: RegExp;
  readonly only?: RegExp;
  readonly why: string;
}

/** The first that fits is told. */
const reasons: readonly Reason[] = [
  { what: /^events\.eventWebsocket$/, why: 'opens the event connection: its answer is the events themselves' },
  { what: /^mailboxes\.|^Mailbox\b/, only: /^16\./, why: 'the modules behind mailboxes cannot be built any more' },
  { what: /^Dialed$/, why: 'nothing refers to it: no operation and no event carries it' },
  { what: /^MissingParams$/, why: 'no Asterisk sends it: a connection without an application is answered with 400' },
  { what: /^RESTHeader$/, why: 'nothing refers to it: no operation and no event carries it' },
  { what: /^REST(?:Request|QueryStringParameter)$/, why: 'goes from the client to Asterisk' },
  { what: /^EventFilter$/, why: 'goes from the client to Asterisk' },
  { what: /^AdditionalParam$|^RequiredDestination\.(?:protocol_id|additional)/, why: 'needs a REFER with Replaces' },
  { what: /^ReferTo\.(?:destination_channel|connected_channel|bridge)$/, why: 'needs a REFER with Replaces' },
  { what: /^ConfigInfo\.max_/, why: 'limits that are not configured are not sent' },
  { what: /^Endpoint\.max_channels$/, why: 'no channel driver of the testbed sets a limit' },
  { what: /^Sound\.text$/, why: 'Debian’s sounds come without their texts' },
  {
    what: /^Peer\.(?:cause|address|port|time)$/,
    why: 'sent by channel drivers that need other phones: IAX2, chan_sip',
  },
  { what: /^RTPstat\..*mes$/, only: /^16\./, why: 'later releases have it' },
  { what: /^BridgeAttendedTransfer\.replace_channel$/, why: 'needs a phone that transfers by REFER with Replaces' },
  {
    what: /^BridgeAttendedTransfer\.destination_(?:application|link)/,
    why: 'needs a phone that transfers by REFER with Replaces',
  },
];

/** Why there is none; undefined if nobody knows. */
export function reasonFor(what: string, release: string): string | undefined {
  return reasons.find((reason) => reason.what.test(what) && (reason.only?.test(release) ?? true))?.why;
}
