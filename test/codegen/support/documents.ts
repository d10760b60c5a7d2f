/** Tiny documents in the manner of Asterisk's own, prose and all, for tests to bend. */
import { parse } from '../../../codegen/parse/index.js';
import { buildModel } from '../../../codegen/model/build.js';
import type { ApiModel } from '../../../codegen/model/types.js';

// oxlint-disable-next-line typescript/no-explicit-any -- documents are bent in every way, wrong ones included
export type Doc = any;

export type Documents = Record<string, Doc>;

/** Three documents: an index, channels and events. Fresh with every call. */
export function tinyDocuments(): Documents {
  return {
    'resources.json': {
      _copyright: 'Nobody',
      apiVersion: '10.0.0',
      swaggerVersion: '1.1',
      basePath: 'http://localhost:8088/ari',
      apis: [
        { path: '/api-docs/channels.{format}', description: 'All about channels' },
        { path: '/api-docs/events.{format}', description: 'All about events' },
      ],
    },
    'channels.json': resource('channels', {
      apis: [
        {
          path: '/channels',
          description: 'Many',
          operations: [operation({ nickname: 'list', responseClass: 'List[Channel]' })],
        },
        {
          path: '/channels/{channelId}',
          description: 'One',
          operations: [
            operation({ nickname: 'get', responseClass: 'Channel', parameters: [pathParameter('channelId')] }),
            operation({
              nickname: 'hangup',
              httpMethod: 'DELETE',
              parameters: [
                pathParameter('channelId'),
                { name: 'reason', description: 'Why', paramType: 'query', dataType: 'string', defaultValue: 'normal' },
              ],
              errorResponses: [{ code: 404, reason: 'Gone' }],
            }),
          ],
        },
      ],
      models: { Channel: model('Channel', { id: { type: 'string', required: true, description: 'Its id' } }) },
    }),
    'events.json': resource('events', {
      swaggerVersion: '1.2',
      apis: [
        {
          path: '/events',
          operations: [operation({ nickname: 'eventWebsocket', responseClass: 'Message', upgrade: 'websocket' })],
        },
      ],
      models: {
        Message: {
          ...model('Message', { type: { type: 'string', required: true }, asterisk_id: { type: 'string' } }),
          discriminator: 'type',
          subTypes: ['MissingParams', 'Event'],
        },
        MissingParams: model('MissingParams', { params: { type: 'List[string]', required: true } }),
        Event: {
          ...model('Event', { timestamp: { type: 'Date', required: true } }),
          subTypes: ['ChannelCreated', 'ApplicationReplaced'],
        },
        ChannelCreated: model('ChannelCreated', { channel: { type: 'Channel', required: true } }),
        ApplicationReplaced: model('ApplicationReplaced', {}),
      },
    }),
  };
}

export function resource(name: string, members: Doc): Doc {
  return {
    _author: 'Nobody',
    apiVersion: '2.0.0',
    swaggerVersion: '1.1',
    basePath: 'http://localhost:8088/ari',
    resourcePath: `/api-docs/${name}.{format}`,
    apis: [],
    models: {},
    ...members,
  };
}

export function operation(members: Doc): Doc {
  return { httpMethod: 'GET', summary: 'Does it', notes: 'With care', responseClass: 'void', ...members };
}

export function pathParameter(name: string): Doc {
  return { name, description: 'Which', paramType: 'path', required: true, allowMultiple: false, dataType: 'string' };
}

export function model(id: string, properties: Doc): Doc {
  return { id, description: 'A thing', properties };
}

/** The documents as the load stage gives them. */
export function sources(documents: Documents): { files: Map<string, string> } {
  const texts = Object.entries(documents).map(([file, json]): [string, string] => [
    file,
    typeof json === 'string' ? json : JSON.stringify(json),
  ]);
  return { files: new Map(texts) };
}

/** Parses documents; warnings go into the list, if one is given. */
export function parsed(documents: Documents, warnings: string[] = []): ReturnType<typeof parse> {
  return parse(sources(documents), (message) => warnings.push(message));
}

/** The interface that documents describe. */
export function modelOf(documents: Documents, release = '22.10.1', warnings: string[] = []): ApiModel {
  return buildModel(parsed(documents, warnings), release, (message) => warnings.push(message));
}
