import { describe, expect, test } from 'vitest';
import { camelCase, className, methodName } from '../../../codegen/model/names.js';

describe('names', () => {
  test.each([
    ['list', '/channels', 'list'],
    ['delete', '/mailboxes/{mailboxName}', 'delete'],
    ['sendDTMF', '/channels/{channelId}/dtmf', 'sendDTMF'],
    ['externalMedia', '/channels/externalMedia', 'externalMedia'],
    ['transfer_progress', '/channels/{channelId}/transfer_progress', 'transferProgress'],
    ['create_or_update_with_id', '/bridges/{bridgeId}', 'createOrUpdateWithId'],
    // the words are in the path only
    ['rtpstatistics', '/channels/{channelId}/rtp_statistics', 'rtpStatistics'],
    ['videosource', '/bridges/{bridgeId}/videoSource/{channelId}', 'videoSource'],
    // another word in the path says nothing
    ['snoop', '/channels/{channelId}/rtp_statistics', 'snoop'],
    // the nickname has the words, the path does not
    ['addChannel', '/bridges/{bridgeId}/addchannel', 'addChannel'],
    ['GetInfo', '/asterisk/info', 'getInfo'],
  ])('%s on %s is the method %s', (nickname, path, want) => {
    expect(methodName(nickname, path)).toBe(want);
  });

  test.each([
    ['channels', 'Channels'],
    ['deviceStates', 'DeviceStates'],
    ['device_states', 'DeviceStates'],
  ])('the class of %s is %s', (resource, want) => {
    expect(className(resource)).toBe(want);
  });

  test('a name that is camelCase stays as it is', () => {
    expect(camelCase(camelCase('get_channel_var'))).toBe('getChannelVar');
  });
});
