import { describe, expect, test } from 'vitest';
import { branchOf, isSince, releaseNumbers, releaseOf } from '../../../codegen/load/release.js';

describe('releases', () => {
  test.each([
    ['22.10.1', '22.10.1'],
    ['22.10.1~dfsg+~cs6.15.60671435-1', '22.10.1'],
    ['Asterisk 16.28.0~dfsg-0+deb11u4', '16.28.0'],
    ['22.11.0-rc1', '22.11.0-rc1'],
    ['12.0.0-beta2', '12.0.0-beta2'],
    ['certified/22.8-cert4', 'certified-22.8-cert4'],
    ['certified-20.7-cert11', 'certified-20.7-cert11'],
    ['22', '22'],
    ['GIT-master-1a2b3c4', undefined],
    ['', undefined],
  ])('a server of version %j is of release %s', (version, want) => {
    expect(releaseOf(version)).toBe(want);
  });

  test.each([
    ['22.10.1', { major: 22, minor: 10, patch: 1 }],
    ['certified-22.8-cert4', { major: 22, minor: 8 }],
    ['22', { major: 22 }],
    ['soon', undefined],
  ])('%s in numbers', (release, want) => {
    expect(releaseNumbers(release)).toEqual(want);
  });

  test.each([
    ['1.5.0', 12],
    ['1.11.2', 13],
    ['2.0.0', 14],
    ['3.0.0', 15],
    ['4.1.4', 16],
    ['5.1.1', 17],
    ['6.0.1', 18],
    ['7.0.1', 19],
    ['8.0.0', 20],
    ['9.0.0', 21],
    ['10.0.0', 22],
    ['11.0.0', 23],
    ['12.0.0', 24],
    ['new', undefined],
  ])('documents of version %s are of branch %s', (apiVersion, want) => {
    expect(branchOf(apiVersion)).toBe(want);
  });

  const firsts = ['20.20.0', '22.10.0', '23.4.0'];
  test.each([
    ['22.10.0', true],
    ['22.10.1', true],
    ['22.11.0', true],
    ['22.9.9', false],
    ['certified-22.8-cert4', false],
    ['20.20.1', true],
    // the branch was left out
    ['21.12.3', false],
    ['18.26.4', false],
    ['24.0.0', true],
    ['24', true],
    // some release of the branch
    ['22', undefined],
    ['unknown', undefined],
  ])('whether %s is since 20.20, 22.10 and 23.4: %s', (release, want) => {
    expect(isSince(release, firsts)).toBe(want);
  });

  test('a branch that had it from its beginning needs no more of its number', () => {
    expect(isSince('16', ['16.0.0'])).toBe(true);
  });
});
