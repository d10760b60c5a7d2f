import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf } from '../support/manifest.js';
import { Project } from '../support/project.js';

describe('the relay, installed beside it', () => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.make();
    await project.install(['.', 'relay']);
  }, 240_000);

  afterAll(() => project.remove());

  it('tells its version, and what it needs to know', async () => {
    expect(await project.npx('ari-relay', '--version')).toEqual({
      stdout: `${manifestOf('relay').version}\n`,
      stderr: '',
    });
    await expect(project.npx('ari-relay', '--apps', 'ivr')).rejects.toThrow(/password: --password or ARI_PASSWORD/);
  });
});
