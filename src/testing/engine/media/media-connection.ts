/** A program that is connected for a channel's media by a WebSocket. */
export interface MediaPort {
  sendText(text: string): void;
  sendAudio(audio: Buffer): void;
  close(code: number): void;
}

/** A channel whose media go over a WebSocket, as the socket sees it. */
export interface MediaConnection {
  readonly isConnected: boolean;
  connected(port: MediaPort): void;
  /** The program could not be reached. */
  unreachable(): void;
  /** The program closed the connection in order, or it broke. */
  disconnected(inOrder: boolean): void;
  receiveAudio(message: Buffer): void;
  receiveText(message: string): void;
}

/** A program that Asterisk connects to by TCP. */
export interface AudioSocketPort {
  send(frame: Buffer): void;
  close(): void;
}

/** A channel whose media go by AudioSocket, as the connection sees it. */
export interface AudioSocketConnection {
  connected(port: AudioSocketPort): void;
  receive(kind: number, payload: Buffer): void;
  /** It is over, or nobody was there. */
  disconnected(): void;
}

/** Where Asterisk connects to for media, as `websocket_client.conf` says. */
export interface MediaTarget {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
}

/** The connections that Asterisk opens itself. */
export interface Outgoing {
  webSocket(target: MediaTarget, connection: MediaConnection): void;
  /**
   * Connects before there is a channel; false if nobody is there.
   * @param address `host:port`
   */
  reach(address: string, uuid: string): Promise<boolean>;
  /** Closes what was reached, if no channel has taken it. */
  letGo(uuid: string): void;
  /** Hands a channel the connection that was reached for it, else connects. */
  audioSocket(address: string, uuid: string, connection: AudioSocketConnection): void;
}
