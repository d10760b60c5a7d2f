import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readDocuments } from '../../../scripts/check-generated-documents.js';
import { checkEvents } from '../../../scripts/check-generated-events.js';
import { checkModels } from '../../../scripts/check-generated-models.js';
import { checkOperations } from '../../../scripts/check-generated-operations.js';
import { Bindings } from '../../../scripts/check-generated-source.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const documents = readDocuments(join(root, 'api-docs/v22'));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ari-check-'));
  cpSync(join(root, 'generated/v22'), folder, { recursive: true });
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function check(): Promise<string[]> {
  const bindings = new Bindings(folder);
  const operations = await checkOperations(documents, bindings);
  return [operations, checkModels(documents, bindings), checkEvents(documents, bindings)].flatMap(
    (each) => each.missing,
  );
}

/** Spoils a file of the bindings; the text must be there. */
function spoil(path: string, text: string, by: string): void {
  const file = join(folder, path);
  const before = readFileSync(file, 'utf8');
  expect(before).toContain(text);
  writeFileSync(file, before.replaceAll(text, by));
}

it('the committed bindings have all of the documents', async () => {
  expect(await check()).toEqual([]);
});

const spoilt: [what: string, path: string, text: string, by: string, message: string][] = [
  [
    'an operation',
    'operations/channels.ts',
    "name: 'channels.move'",
    "name: 'channels.go'",
    '(channels.move): no operation',
  ],
  [
    'its method',
    'repositories/Channels.ts',
    '(channels.move,',
    '(channels.go,',
    'no method on the repository Channels',
  ],
  ['an object’s method', 'objects/Channel.ts', '(channels.move,', '(channels.go,', 'no method on Channel'],
  ['a bound id', 'objects/Endpoint.ts', 'tech: this.technology', 'tech: 1', 'Endpoint does not fill in {tech}'],
  ['a path parameter', 'operations/sounds.ts', 'soundId: {', 'id: {', 'nothing fills in {soundId}'],
  ['a status', 'operations/playbacks.ts', 'errors: [404]', 'errors: []', 'status 404 is not in its table'],
  ['a parameter', 'params/channels.ts', '  appArgs?:', '  args?:', 'parameter appArgs is missing in Channels'],
  ['its being required', 'params/channels.ts', '  endpoint: ', '  endpoint?: ', 'is required, but may be left out'],
  ['a list', 'params/bridges.ts', ' | readonly (string | ChannelHandle)[]', '', 'parameter channel takes no list'],
  ['a value', 'params/playbacks.ts', "'restart' | ", '', 'parameter operation lacks the values restart'],
  ['its being closed', 'params/playbacks.ts', "'restart' | ", "'restart' | string | ", 'is open to any text'],
  ['a range', 'operations/channels.ts', 'min: 0', 'min: 1', 'has another range: 1'],
  ['a property', 'models/CallerID.ts', 'readonly number', 'readonly no', 'model CallerID: no property number'],
  ['an accessor', 'objects/Channel.ts', 'get tenantid', 'get tenant', 'model Channel: no accessor tenantid'],
  ['a known value', 'models/ChannelData.ts', "| 'Up'", '', 'Channel.state lacks the values Up'],
  ['its being open', 'models/ChannelData.ts', '(string & {})', "'x'", 'Channel.state is closed to other values'],
  ['an event', 'events/Dial.ts', 'interface Dial', 'interface Call', 'event Dial: no interface'],
  ['its type', 'events/Dial.ts', "'Dial'", "'Call'", 'event Dial: its type is no discriminant'],
  ['its place in the union', 'events/index.ts', '  | Dial\n', '', 'event Dial: not in the union AriEvent'],
  ['its place in the map', 'events/index.ts', 'readonly Dial: Dial', 'readonly Call: Dial', 'Dial: not in AriEventMap'],
  ['where it is heard', 'events/index.ts', '  Dial: [', '  Call: [', 'event Dial: cannot be heard on a Channel'],
  ['its row', 'bindings.ts', '    Dial: {', '    Call: {', 'event Dial: no row in the table of events'],
  ['an object in it', 'bindings.ts', "{ caller: 'Channel'", "{ calling: 'Channel'", 'of the Channel in caller'],
  ['a nested one', 'bindings.ts', "'refer_to.bridge'", "'refer_to.x'", 'of the Bridge in refer_to.bridge'],
];

it.each(spoilt)('the check notices the loss of %s', async (_what, path, text, by, message) => {
  spoil(path, text, by);
  expect((await check()).join('\n')).toContain(message);
});
