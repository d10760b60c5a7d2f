import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dangerOf } from '../../explorer/shared/danger.js';
import type { OperationForms } from '../../explorer/shared/operation.js';

const folder = fileURLToPath(new URL('../../explorer/dist/operations/', import.meta.url));
const formsOf = (file: string) => (JSON.parse(readFileSync(folder + file, 'utf8')) as OperationForms).operations;
const operationsOf = (file: string) => formsOf(file).filter(({ method }) => method !== 'GET');
const files = readdirSync(folder);
const newest = files.toSorted().at(-1) ?? '';

const operation = (id: string) => ({ id, method: 'POST' as const });

describe('before an operation', () => {
  it('of the newest branch that changes something, is asked or not as this table says', () => {
    const table = operationsOf(newest).map((each) => `${each.id}: ${dangerOf(each, {}) ?? 'not asked'}`);
    expect(table.toSorted()).toMatchInlineSnapshot(`
      [
        "applications.filter: It changes what an application hears, which may be at work: events that it misses do not come again.",
        "applications.subscribe: not asked",
        "applications.unsubscribe: It changes what an application hears, which may be at work: events that it misses do not come again.",
        "asterisk.addLog: It changes Asterisk itself: its configuration, modules, variables or log.",
        "asterisk.deleteLog: It changes Asterisk itself: its configuration, modules, variables or log.",
        "asterisk.deleteObject: It changes Asterisk itself: its configuration, modules, variables or log.",
        "asterisk.loadModule: It changes Asterisk itself: its configuration, modules, variables or log.",
        "asterisk.reloadModule: It changes Asterisk itself: its configuration, modules, variables or log.",
        "asterisk.rotateLog: It changes Asterisk itself: its configuration, modules, variables or log.",
        "asterisk.setGlobalVar: It changes Asterisk itself: its configuration, modules, variables or log.",
        "asterisk.unloadModule: It changes Asterisk itself: its configuration, modules, variables or log.",
        "asterisk.updateObject: It changes Asterisk itself: its configuration, modules, variables or log.",
        "bridges.addChannel: not asked",
        "bridges.clearVideoSource: not asked",
        "bridges.create: not asked",
        "bridges.createWithId: not asked",
        "bridges.destroy: It ends or deletes something, which cannot be undone.",
        "bridges.play: not asked",
        "bridges.playWithId: not asked",
        "bridges.record: not asked",
        "bridges.removeChannel: not asked",
        "bridges.setBridgeVar: not asked",
        "bridges.setBridgeVars: not asked",
        "bridges.setVideoSource: not asked",
        "bridges.startMoh: not asked",
        "bridges.stopMoh: not asked",
        "channels.answer: not asked",
        "channels.continueInDialplan: It hands a call over to the dialplan or to an application, which cannot be undone.",
        "channels.create: It reaches out of Asterisk: it may ring a telephone, or send something to one.",
        "channels.dial: It reaches out of Asterisk: it may ring a telephone, or send something to one.",
        "channels.externalMedia: It reaches out of Asterisk: it may ring a telephone, or send something to one.",
        "channels.hangup: It ends or deletes something, which cannot be undone.",
        "channels.hold: not asked",
        "channels.move: It hands a call over to the dialplan or to an application, which cannot be undone.",
        "channels.mute: not asked",
        "channels.originate: It reaches out of Asterisk: it may ring a telephone, or send something to one.",
        "channels.originateWithId: It reaches out of Asterisk: it may ring a telephone, or send something to one.",
        "channels.play: not asked",
        "channels.playWithId: not asked",
        "channels.progress: not asked",
        "channels.record: not asked",
        "channels.redirect: It reaches out of Asterisk: it may ring a telephone, or send something to one.",
        "channels.ring: not asked",
        "channels.ringStop: not asked",
        "channels.sendDTMF: not asked",
        "channels.setChannelVar: not asked",
        "channels.setChannelVars: not asked",
        "channels.snoopChannel: not asked",
        "channels.snoopChannelWithId: not asked",
        "channels.startMoh: not asked",
        "channels.startSilence: not asked",
        "channels.stopMoh: not asked",
        "channels.stopSilence: not asked",
        "channels.transferProgress: It reaches out of Asterisk: it may ring a telephone, or send something to one.",
        "channels.unhold: not asked",
        "channels.unmute: not asked",
        "deviceStates.delete: It ends or deletes something, which cannot be undone.",
        "deviceStates.update: It changes what Asterisk keeps and telephones show, and what was there before is lost.",
        "endpoints.refer: It reaches out of Asterisk: it may ring a telephone, or send something to one.",
        "endpoints.referToEndpoint: It reaches out of Asterisk: it may ring a telephone, or send something to one.",
        "endpoints.sendMessage: It reaches out of Asterisk: it may ring a telephone, or send something to one.",
        "endpoints.sendMessageToEndpoint: It reaches out of Asterisk: it may ring a telephone, or send something to one.",
        "events.claimChannel: It hands a call over to the dialplan or to an application, which cannot be undone.",
        "events.userEvent: not asked",
        "mailboxes.delete: It ends or deletes something, which cannot be undone.",
        "mailboxes.update: It changes what Asterisk keeps and telephones show, and what was there before is lost.",
        "playbacks.control: not asked",
        "playbacks.stop: It ends or deletes something, which cannot be undone.",
        "recordings.cancel: It ends or deletes something, which cannot be undone.",
        "recordings.copyStored: not asked",
        "recordings.deleteStored: It ends or deletes something, which cannot be undone.",
        "recordings.mute: not asked",
        "recordings.pause: not asked",
        "recordings.stop: It ends or deletes something, which cannot be undone.",
        "recordings.unmute: not asked",
        "recordings.unpause: not asked",
      ]
    `);
  });

  it.each(files)('that we do not know, is asked: of %s none', (file) => {
    const unknown = dangerOf(operation('channels.whatever'), {});
    expect(unknown).toMatch(/^It may change/);
    expect(operationsOf(file).filter((each) => dangerOf(each, {}) === unknown)).toEqual([]);
  });

  it.each(['channels.record', 'bridges.record'])('that records over what there is, is asked: %s', (id) => {
    expect(dangerOf(operation(id), { ifExists: 'fail' })).toBeUndefined();
    for (const ifExists of ['overwrite', 'append', ['overwrite']]) {
      expect(dangerOf(operation(id), { ifExists })).toMatch(/recording that is there already/);
    }
  });

  it('that sets a function in place of a variable, is asked', () => {
    expect(dangerOf(operation('channels.setChannelVar'), { variable: 'LANG' })).toBeUndefined();
    expect(dangerOf(operation('channels.setChannelVar'), { variable: 'DB(a/b)' })).toMatch(/function/);
    expect(dangerOf(operation('channels.setChannelVars'), { variables: { 'DB(a/b)': '1' } })).toMatch(/function/);
  });

  it.each(files)('that reads a function in place of a variable, is asked, in %s', (file) => {
    const readers = formsOf(file).filter(
      ({ method, params }) => method === 'GET' && params.some(({ name }) => /^variables?$/.test(name)),
    );
    expect(readers.map(({ id }) => id)).toContain('channels.getChannelVar');
    for (const reader of readers) {
      const [name = ''] = reader.params.flatMap((each) => (/^variables?$/.test(each.name) ? [each.name] : []));
      const danger = (value: unknown) => dangerOf(reader, { [name]: value });
      for (const acts of [
        'SHELL(id)',
        'CURL(http://pbx/)',
        'DB_DELETE(a/b)',
        'shell(id)',
        ' SHELL(id) ',
        'LEN(${SHELL(id)})',
        'LEN(${x})',
        'CHANNEL(a)SHELL(b)',
        'SHELL(id',
        ['SHELL(id)'],
        { a: 'SHELL(id)' },
      ]) {
        expect([reader.id, acts, danger(acts)]).toEqual([reader.id, acts, expect.stringMatching(/reads a function/)]);
      }
      for (const tells of ['LANG', 'CALLERID(num)', 'CHANNEL(state)', 'LEN(abc)', undefined]) {
        expect([reader.id, tells, danger(tells)]).toEqual([reader.id, tells, undefined]);
      }
      if (name === 'variables') {
        expect(danger('LANG,CALLERID(num),SHELL(id)')).toBeDefined();
        expect(danger(['CALLERID(num)', 'CHANNEL(state)'])).toBeUndefined();
      }
    }
  });
});
