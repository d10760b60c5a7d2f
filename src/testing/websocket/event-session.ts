import type { WebSocket } from 'ws';
import type { ApplicationLink } from '../engine/applications/application.js';
import type { EventBody } from '../engine/events.js';

/** One event socket and the applications that are connected by it. */
export class EventSession implements ApplicationLink {
  readonly socket: WebSocket;
  readonly applications: Set<string>;
  /** By whose filter its answers to REST requests go. */
  readonly firstApplication: string;

  constructor(socket: WebSocket, applications: readonly string[]) {
    this.socket = socket;
    this.applications = new Set(applications);
    this.firstApplication = applications[0] ?? '';
  }

  send(event: EventBody): void {
    if (event.type === 'ApplicationReplaced') this.applications.delete(String(event['application']));
    this.write(event);
  }

  write(message: object): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }
}
