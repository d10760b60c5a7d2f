/** The socket is connected to its channel: the first event, and once. */
export interface MediaStartEvent {
  readonly event: 'MEDIA_START';
  /** Of the socket; where Asterisk connects, the name of a section of `websocket_client.conf`. */
  readonly connection_id: string;
  /** The channel's name. */
  readonly channel: string;
  /** The channel's id; missing before 20.17, 22.7 and 23.1. */
  readonly channel_id?: string | undefined;
  /** Of the audio in both directions: `slin16`, `ulaw`. */
  readonly format: string;
  /** Bytes of a frame; 0 where a message is a frame, whatever its size. */
  readonly optimal_frame_size: number;
  /** Milliseconds of a frame. */
  readonly ptime: number;
  /** In JSON: all variables of the channel. */
  readonly channel_variables?: Readonly<Record<string, string>> | undefined;
  /** Since 22.12: whether a message is a frame, and the program does the timing. */
  readonly passthrough?: boolean | undefined;
}

/** Whoever is at the other end of the channel has pressed a key. */
export interface DtmfEndEvent {
  readonly event: 'DTMF_END';
  readonly channel_id?: string | undefined;
  readonly digit: string;
}

/** Too much waits to be played: nothing may be sent until `MEDIA_XON`. */
export interface MediaXoffEvent {
  readonly event: 'MEDIA_XOFF';
  readonly channel_id?: string | undefined;
}

/** There is room again. */
export interface MediaXonEvent {
  readonly event: 'MEDIA_XON';
  readonly channel_id?: string | undefined;
}

/** Nothing waits to be played, as `REPORT_QUEUE_DRAINED` has asked. */
export interface QueueDrainedEvent {
  readonly event: 'QUEUE_DRAINED';
  readonly channel_id?: string | undefined;
}

/** What `GET_STATUS` has asked for. */
export interface MediaStatusEvent {
  readonly event: 'STATUS';
  readonly channel_id?: string | undefined;
  /** Frames that wait to be played. */
  readonly queue_length: number;
  /** Below so many frames `MEDIA_XON` is sent. */
  readonly xon_level: number;
  /** From so many frames on `MEDIA_XOFF` is sent. */
  readonly xoff_level: number;
  /** Whether `MEDIA_XOFF` holds. */
  readonly queue_full: boolean;
  /** Whether audio may come in chunks of any size. */
  readonly bulk_media: boolean;
  readonly media_paused: boolean;
}

/** All that came before the `STOP_MEDIA_BUFFERING` of this id is played. */
export interface BufferingCompletedEvent {
  readonly event: 'MEDIA_BUFFERING_COMPLETED';
  readonly channel_id?: string | undefined;
  /** Empty if none was given. */
  readonly correlation_id: string;
}

/** All that came before the `MARK_MEDIA` of this id is played. */
export interface MarkProcessedEvent {
  readonly event: 'MEDIA_MARK_PROCESSED';
  readonly channel_id?: string | undefined;
  /** Empty if none was given. */
  readonly correlation_id: string;
}

/** Asterisk has refused a command. */
export interface MediaErrorEvent {
  readonly event: 'ERROR';
  readonly channel_id?: string | undefined;
  readonly error_text: string;
}

/** What Asterisk tells over a media socket, as it is written in JSON; the plain text says the same. */
export type MediaEvent =
  | MediaStartEvent
  | DtmfEndEvent
  | MediaXoffEvent
  | MediaXonEvent
  | QueueDrainedEvent
  | MediaStatusEvent
  | BufferingCompletedEvent
  | MarkProcessedEvent
  | MediaErrorEvent;

/** An event of a kind that is not known here, whole. */
export interface UnknownMediaEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** A message that is no event: not JSON, without a name, or without what the event must have. */
export interface MalformedMedia {
  /** The message, at most its first 1,000 characters; bytes are given in hexadecimal. */
  readonly text: string;
  readonly reason: string;
}
