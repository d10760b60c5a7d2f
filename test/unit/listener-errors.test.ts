import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A program of its own: what is thrown where nothing catches it would end this one. */
function run(listenerErrors: string, hook = ''): { status: number | null; output: string } {
  const program = `
    import { connect } from 'asterisk-ari';
    import { startAsterisk } from 'asterisk-ari/testing';
    const asterisk = await startAsterisk();
    const client = await connect(asterisk.url, asterisk.username, asterisk.password, ${listenerErrors});
    ${hook}
    let others = 0;
    client.channels.on('StasisStart', async () => { throw new Error('of a listener'); });
    client.channels.on('StasisStart', () => { others += 1; });
    await client.start('hello');
    asterisk.call({ to: 'stasis-hello' });
    await client.waitFor('StasisStart');
    await client.idle();
    await new Promise((resolve) => setTimeout(resolve, 20));
    console.log('others', others);
    await client.close();
    await asterisk.close();
  `;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe('the error of a listener that nobody hears', () => {
  it('is a warning, and stops nothing', () => {
    const { status, output } = run('{}');
    expect(status).toBe(0);
    expect(output).toContain('AriListenerWarning: a listener for StasisStart failed: Error: of a listener');
    expect(output).toContain('others 1');
  });

  it("ends the program with listenerErrors: 'throw', so that a test fails with it", () => {
    const { status, output } = run("{ listenerErrors: 'throw' }");
    expect(status).not.toBe(0);
    expect(output).toContain('Error: of a listener');
  });

  it('does not if somebody hears it', () => {
    const { status, output } = run("{ listenerErrors: 'throw' }", "client.on('listenerError', () => {});");
    expect({ status, output }).toEqual({ status: 0, output: 'others 1\n' });
  });
});
