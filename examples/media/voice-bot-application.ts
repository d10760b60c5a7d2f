import type { AriClient } from 'asterisk-ari';
import type { AudioSource, Media, Utterance } from 'asterisk-ari/media';
import { callMedia, ownArgument } from './call-media.js';

/** What the bot asks of a speech service; a real one is at the other end of a connection of its own. */
export interface SpeechService {
  /** Takes what the caller says, as it comes. */
  hear(audio: Buffer): void;
  /** The caller has heard only so much of the answer: with that in mind, what they say now is to be understood. */
  truncate(playedMs: number): void;
}

/** What a speech service tells the bot. */
export interface SpeechEvents {
  /** The caller has begun to speak. */
  onSpeech(): void;
  /** What is to be said to the caller, as it is made. */
  onAnswer(audio: AudioSource): void;
}

export type ConnectService = (events: SpeechEvents) => SpeechService;

/** Has every caller of an application talk with a speech service of their own. */
export function voiceBot(client: AriClient, app: string, connectService: ConnectService): void {
  client.channels.on('StasisStart', async (caller, { args }) => {
    if (args[0] !== ownArgument) {
      await callMedia(client, caller, { app, format: 'slin16' }, (media) => converse(media, connectService));
    }
  });
}

/** Until the media are over: what comes goes to the service, and what it answers goes back, until somebody barges in. */
async function converse(media: Media, connectService: ConnectService): Promise<void> {
  let answer: Utterance | undefined;
  let failure: unknown;
  const say = async (audio: AudioSource): Promise<void> => {
    const utterance = media.begin();
    answer = utterance;
    for await (const piece of audio instanceof Uint8Array ? [audio] : audio) {
      // It waits as long as there is enough to play; after a flush it is false.
      if (!(await utterance.write(piece))) return;
    }
    await utterance.end();
    if (answer === utterance) answer = undefined;
  };
  const service = connectService({
    onSpeech() {
      if (answer === undefined) return;
      media.flush();
      service.truncate(Math.round(answer.playedMs));
      answer = undefined;
    },
    onAnswer(audio) {
      say(audio).catch((error: unknown) => {
        failure = error;
        void media.close();
      });
    },
  });
  for await (const audio of media) {
    service.hear(audio);
  }
  if (failure !== undefined) throw failure;
}
