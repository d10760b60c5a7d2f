import { AriValidationError } from 'asterisk-ari';
import { menu, type MenuOptions } from 'asterisk-ari/flows';
import { describe, expect, it, vi } from 'vitest';
import { Call } from './support/call.js';

const choices = { 1: () => 'sales', 2: async () => Promise.resolve('support'), 21: () => 'second floor' };

describe('menu', () => {
  it('does what was chosen, and gives what came of it', async () => {
    await using call = await Call.slow();
    const result = menu(call.channel, { prompt: 'sound:long', choices });
    await call.caller.hears('sound:long');
    call.caller.press('1');
    expect(await result).toEqual({
      choice: '1',
      value: 'sales',
      digits: '1',
      reason: 'match',
      tries: 1,
      interrupted: true,
    });
    expect(call.requests).toEqual(['POST play', 'DELETE playbacks']);
    await call.expectNothingLeft();
  });

  it('waits whether more comes where one choice begins with another', async () => {
    await using call = await Call.slow();
    const short = menu(call.channel, { choices, interDigitMs: 30 });
    call.caller.press('2');
    expect(await short).toMatchObject({ choice: '2', value: 'support', reason: 'interDigitTimeout' });
    const long = menu(call.channel, { choices });
    call.caller.press('21');
    expect(await long).toMatchObject({ choice: '21', value: 'second floor', reason: 'match' });
    await call.expectNothingLeft();
  });

  it('asks three times, then does what is to be done otherwise', async () => {
    await using call = await Call.begin();
    const otherwise = vi.fn((digits: string) => `operator after "${digits}"`);
    const options = { prompt: 'sound:short', tries: undefined, firstDigitMs: 20 };
    const result = await menu(call.channel, { ...options, choices, otherwise });
    expect(result).toMatchObject({ choice: undefined, value: 'operator after ""', tries: 3 });
    expect(otherwise).toHaveBeenCalledOnce();
    expect(call.requests).toEqual(['POST play', 'POST play', 'POST play']);
    await call.expectNothingLeft();
  });

  it('takes a digit that is no choice for a wrong one', async () => {
    await using call = await Call.slow();
    const result = menu(call.channel, { choices, tries: 1 });
    call.caller.press('#');
    expect(await result).toMatchObject({ choice: undefined, value: undefined, digits: '#', reason: 'invalid' });
  });

  it('does nothing for somebody who has hung up', async () => {
    await using call = await Call.slow();
    const otherwise = vi.fn();
    const result = menu(call.channel, { prompt: 'sound:long', choices, otherwise });
    await call.caller.hears('sound:long');
    call.caller.hangup();
    expect(await result).toMatchObject({ choice: undefined, reason: 'hangup' });
    expect(otherwise).not.toHaveBeenCalled();
    await call.expectNothingLeft();
  });

  it('fails with what a choice throws', async () => {
    await using call = await Call.slow();
    const fail = (): Promise<string> => Promise.reject(new Error('of the application'));
    const result = menu(call.channel, { choices: { 1: fail } });
    const failure = expect(result).rejects.toThrow('of the application');
    call.caller.press('1');
    await failure;
    await call.expectNothingLeft();
  });

  it.each([
    [{}, /^menu: option 'choices' is missing; must be functions by the digits that choose them/],
    [{ choices: {} }, /option 'choices' must be functions by .*, at least one, not an empty object/],
    [{ choices: [] }, /option 'choices' must be functions by .*, not an empty list/],
    [{ choices: { 1: 'sales' } }, /not "sales" for '1'/],
    [{ choices: { one: () => 1 } }, /^menu: option 'choices' must be chosen by digits of 0123456789\*#ABCD, not "one"/],
    [{ choices: { '': () => 1 } }, /option 'choices' must be chosen by digits of 0123456789\*#ABCD, not ""/],
    [
      { choices: { '1#': () => 1 }, terminators: '#' },
      /must be chosen by digits of 0123456789\*ABCD, not "1#": '#' is one of option 'terminators'/,
    ],
    [{ choices, otherwise: 1 }, /option 'otherwise' must be a function, not 1/],
    [{ choices, match: ['1'] }, /option 'match' does not exist/],
  ])('refuses %o before anything is sent', async (options, message) => {
    await using call = await Call.begin();
    const refusal = menu(call.channel, { prompt: 'sound:short', ...options } as unknown as MenuOptions);
    await expect(refusal).rejects.toThrow(AriValidationError);
    await expect(refusal).rejects.toThrow(message);
    expect(call.requests).toEqual([]);
  });
});
