import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare } from '../../scripts/corpus/compare.js';
import { indexOf, unexplained } from '../../scripts/corpus/corpus-index.js';
import { corpusFolder, type Corpus } from '../../scripts/corpus/files.js';
import { corpora, modelOf } from './support/corpus.js';

it('the corpus has the newest LTS and an old one', () => {
  expect(corpora.map(({ release }) => release.split('.')[0])).toEqual(['16', '22']);
});

describe.each(corpora.map((corpus): [string, Corpus] => [corpus.release, corpus]))(
  'what %s sent',
  (release, corpus) => {
    it('is as the types say: every field known, every required one there, every value of its type and listed', async () => {
      expect(compare(corpus, await modelOf(corpus))).toEqual([]);
    });

    it('has every type of event', async () => {
      const { events } = await modelOf(corpus);
      expect([...corpus.events.keys()].toSorted()).toEqual(events.map(({ name }) => name).toSorted());
    });

    it('lacks nothing without a reason, and the index tells so', async () => {
      const model = await modelOf(corpus);
      expect(unexplained(corpus, model)).toEqual([]);
      const written: unknown = JSON.parse(readFileSync(join(corpusFolder, release, 'index.json'), 'utf8'));
      expect(indexOf(corpus, model)).toEqual(written);
    });

    it('tells nothing of where it was recorded', () => {
      const text = JSON.stringify([...corpus.events, ...corpus.answers]);
      expect(text).not.toMatch(/\/srv\/|\/root\/|\/home\/|ari-secret/);
      expect(text.match(/"20\d\d-\d\d-\d\dT[^"]*"/g)).toSatisfy((dates: string[]) => new Set(dates).size === 1);
      expect(new Set(text.match(/127\.0\.0\.1:\d+/g))).toEqual(new Set(['127.0.0.1:5060']));
      expect(new Set(text.match(/(?:[\da-f]{2}:){5}[\da-f]{2}/g))).toEqual(new Set(['00:00:5e:00:53:01']));
    });
  },
);

it('the comparison notices what is wrong', async () => {
  const [corpus] = corpora as [Corpus];
  const model = await modelOf(corpus);
  const spoil = (fields: object): Corpus => {
    const [event] = corpus.events.get('ChannelDtmfReceived') as [object];
    return {
      release: '',
      events: new Map([['ChannelDtmfReceived', [{ ...event, ...fields } as never]]]),
      answers: new Map(),
    };
  };
  const findings = (fields: object) => compare(spoil(fields), model).map(({ place, what }) => `${place}: ${what}`);
  expect(findings({})).toEqual([]);
  expect(findings({ digit: undefined })).toEqual(['ChannelDtmfReceived.digit: missing though required']);
  expect(findings({ digit: null })).toEqual(['ChannelDtmfReceived.digit: null']);
  expect(findings({ duration_ms: 1.5 })).toEqual(['ChannelDtmfReceived.duration_ms: another type']);
  expect(findings({ timestamp: '2026-01-01T00:00:00Z' })).toEqual(['ChannelDtmfReceived.timestamp: another type']);
  expect(findings({ fresh: 1 })).toEqual(['ChannelDtmfReceived.fresh: unknown field']);
});
