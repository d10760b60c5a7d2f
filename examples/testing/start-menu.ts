import { connect, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { menu } from './menu.js';

/** What a test of the menu has in its hands. */
export interface MenuBench {
  readonly asterisk: TestAsterisk;
  /** The application's client. */
  readonly client: AriClient;
  readonly close: () => Promise<void>;
}

/** The menu on an Asterisk of its own, with extension 100 and the application's own sounds. */
export async function startMenu(): Promise<MenuBench> {
  const asterisk = await startAsterisk({
    dialplan: { default: { 100: ['Stasis(menu)', 'Hangup'] } },
    // How long it lasts, in milliseconds. It takes no time in a test.
    sounds: { 'menu/welcome': 12_000 },
  });
  const client = await connect(asterisk.url, asterisk.username, asterisk.password);
  menu(client, 'PJSIP/sales');
  await client.start('menu');
  const close = async (): Promise<void> => {
    // Requests are answered in their order: what the application sent last has its answer then.
    await client.asterisk.ping();
    await client.close();
    await asterisk.close();
  };
  return { asterisk, client, close };
}
