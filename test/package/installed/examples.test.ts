import { cp } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { names } from '../../examples/all.js';
import { Project } from '../support/project.js';

// What `npm init` makes of a folder is CommonJS, or says nothing.
describe.each(['module', 'commonjs'])('the examples of the package, in a project of type %s', (type) => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.make();
    await project.write('package.json', JSON.stringify({ private: true, type }));
    await project.install(['.'], 'tsx');
    await cp(project.path('node_modules/asterisk-ari/examples'), project.path('examples'), { recursive: true });
  }, 180_000);

  afterAll(() => project.remove());

  it.each(names)('%s runs', async (name) => {
    const { stdout, stderr } = await project.npx('tsx', `examples/${name}.ts`);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\nover\n$/);
  });
});
