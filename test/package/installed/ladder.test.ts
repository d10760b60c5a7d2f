import { afterAll, beforeAll, expect, it } from 'vitest';
import { Project, type Output } from '../support/project.js';

let project: Project;

beforeAll(async () => {
  project = await Project.make();
  await project.install(['.'], 'jest@30.5.2', 'vitest@4.1.12');
  await project.copy('ladder.mjs');
  const jest = { testMatch: ['**/ladder.mjs'], transform: {}, moduleFileExtensions: ['mjs', 'js', 'json'] };
  await project.write('jest.config.json', JSON.stringify(jest));
  await project.write('vitest.config.mjs', "export default { test: { include: ['ladder.mjs'] } };");
}, 240_000);

afterAll(() => project.remove());

/** How a user runs tests with each, and what a test runner calls its four failures. */
const runners: Readonly<Record<string, () => Promise<Output>>> = {
  jest: () => project.with({ NODE_OPTIONS: '--experimental-vm-modules' }).npx('jest'),
  vitest: () => project.npx('vitest', 'run'),
  'node:test': () => project.node('--test', 'ladder.mjs'),
};

it.each(Object.keys(runners))('%s shows the ladder of each test that fails, and what it threw', async (name) => {
  const failed = await runners[name]?.().catch((error: unknown) => error as Output);
  const said = `${failed?.stdout}${failed?.stderr}`;
  expect(said.match(/application +Asterisk/g)).toHaveLength(4);
  for (const thrown of [/as told/, /frozen/, /a text/]) {
    expect(said).toMatch(thrown);
  }
});
