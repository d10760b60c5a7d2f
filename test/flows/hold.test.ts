import { AriValidationError } from 'asterisk-ari';
import { connect, hold, unhold } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Switchboard } from './support/switchboard.js';

async function answered(): Promise<Switchboard> {
  const board = await Switchboard.open();
  await board.channel.answer();
  return board;
}

const music = (board: Switchboard) => board.caller.playing;
const sent = (board: Switchboard) => board.requests.slice(1);

describe('hold and unhold', () => {
  it('play music of a class, and have the channel not heard meanwhile', async () => {
    await using board = await answered();
    expect(await hold(board.channel, { musicClass: 'jazz' })).toEqual({ outcome: 'held' });
    await expect.poll(() => music(board)).toEqual(['moh:jazz']);
    expect(await unhold(board.channel)).toEqual({ outcome: 'unheld' });
    await expect.poll(() => music(board)).toEqual([]);
    expect(sent(board)).toEqual([
      'POST channels/ID/mute',
      'POST channels/ID/moh',
      'DELETE channels/ID/moh',
      'DELETE channels/ID/mute',
    ]);
    await board.expectNothingLeft(board.channel);
  });

  it('are done one after the other', async () => {
    await using board = await answered();
    board.asterisk.faults.next({ method: 'POST', path: '/channels/*/mute' }).delay(50);
    const outcomes = await Promise.all([hold(board.channel), unhold(board.channel), hold(board.channel)]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['held', 'unheld', 'held']);
    const last = [unhold(board.channel), hold(board.channel), unhold(board.channel)];
    await Promise.all(last);
    expect(music(board)).toEqual([]);
    expect(sent(board).at(-1)).toBe('DELETE channels/ID/mute');
    await board.expectNothingLeft(board.channel);
  });

  it('leave a conversation as it is', async () => {
    await using board = await answered();
    const agent = await board.inCall(board.alice);
    const bridged = agent.waitFor('ChannelEnteredBridge');
    const talking = connect(board.client, { channels: [board.channel, agent] });
    const { bridge } = await bridged;
    await hold(agent);
    await unhold(agent);
    expect((await bridge.get()).channels).toHaveLength(2);
    board.alice.hangup();
    expect(await talking).toMatchObject({ reason: 'hangup', by: 'second' });
  });

  it.each([0, 1, 2])('take back what they have begun when they are aborted after %i requests', async (count) => {
    await using board = await answered();
    const controller = new AbortController();
    const holding = hold(board.channel, { signal: controller.signal });
    while (sent(board).length < count) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    controller.abort();
    expect(await holding).toEqual({ outcome: 'aborted' });
    await expect.poll(() => music(board)).toEqual([]);
    const mutes = sent(board).filter((request) => request.endsWith('mute'));
    expect(mutes.length % 2).toBe(0);
    expect(await unhold(board.channel, { signal: controller.signal })).toEqual({ outcome: 'aborted' });
    await board.expectNothingLeft(board.channel);
  });

  it.each([0, 1])('take back what they have begun where request %i fails', async (index) => {
    await using board = await answered();
    board.asterisk.faults.next({ path: index === 0 ? '/channels/*/mute' : '/channels/*/moh' }).fail(500);
    await expect(hold(board.channel)).rejects.toMatchObject({ status: 500 });
    expect(sent(board).at(-1)).toBe('DELETE channels/ID/mute');
    await board.expectNothingLeft(board.channel);
  });

  it.each([hold, unhold])('say that the channel has hung up', async (flow) => {
    await using board = await answered();
    board.caller.hangup();
    expect(await flow(board.channel)).toEqual({ outcome: 'hangup' });
    await board.expectNothingLeft();
  });

  it('refuse wrong options before anything is sent', async () => {
    await using board = await answered();
    await expect(hold(board.channel, { musicClass: '' })).rejects.toThrow(
      /option 'musicClass' must be a text that is not blank, not ""/,
    );
    await expect(hold(board.channel, { class: 'a' } as never)).rejects.toThrow(/'class' does not exist; allowed are/);
    await expect(unhold({} as never)).rejects.toThrow(AriValidationError);
    expect(sent(board)).toEqual([]);
  });
});
