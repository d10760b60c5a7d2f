import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { House } from './house.js';

/** Speaks on NATS as a program in Go does: JSON of its own, no code of ours. */
export class Conversation {
  readonly nats: NatsConnection;

  private constructor(nats: NatsConnection) {
    this.nats = nats;
  }

  static async in(house: House): Promise<Conversation> {
    const nats = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    return new Conversation(nats);
  }

  /** Sends a text as it is, and reads the answer. */
  async ask(subject: string, text: string): Promise<unknown> {
    const answer = await this.nats.request(subject, text, { timeout: 5_000 });
    return JSON.parse(answer.string());
  }

  /** What comes under a subject from now on, with the subject. */
  async listen(subject: string): Promise<[subject: string, text: string][]> {
    const heard: [string, string][] = [];
    this.nats.subscribe(subject, {
      callback: (_error, message) => void heard.push([message.subject, message.string()]),
    });
    await this.nats.flush();
    return heard;
  }

  /** Answers each request with what a proxy would; an answer that is undefined is none. */
  async serve(subject: string, answer: (request: unknown, subject: string) => string | undefined): Promise<void> {
    this.nats.subscribe(subject, {
      callback: (_error, message) => {
        const text = answer(JSON.parse(message.string()), message.subject);
        if (text !== undefined) message.respond(text);
      },
    });
    await this.nats.flush();
  }

  async say(subject: string, text: string): Promise<void> {
    this.nats.publish(subject, text);
    await this.nats.flush();
  }
}
