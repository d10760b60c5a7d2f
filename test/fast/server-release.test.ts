import { expect, it } from 'vitest';
import { answersOverSocket } from '../../src/rest/server-release.js';

it.each([
  ['20.13.0', false],
  ['20.14.0', true],
  ['20.20.1', true],
  ['21.8.9', false],
  ['21.9.0', true],
  ['22.3.0', false],
  ['22.4.0', true],
  ['22.10.1+dfsg+~cs6.17.60671434-1', true],
  ['16.28.0~dfsg-0+deb11u4', false],
  ['19.8.1', false],
  ['23.0.0', true],
  ['24.1.0-rc1', true],
  ['certified-20.7-cert3', undefined],
  ['GIT-master-0123456789', undefined],
  ['', undefined],
  [undefined, undefined],
])('an Asterisk that calls itself %j answers requests over the event connection: %j', (release, answers) => {
  expect(answersOverSocket(release)).toBe(answers);
});
