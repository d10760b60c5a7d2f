import { afterAll, beforeAll, expect, it } from 'vitest';
import { Project } from '../support/project.js';

let project: Project;

beforeAll(async () => {
  project = await Project.make();
  await project.install(['.'], 'express@5.3.0', 'fastify@5.12.8');
}, 120_000);

afterAll(() => project.remove());

it.each(['express', 'fastify'])('Asterisk connects to the server of an application with %s', async (framework) => {
  expect(await project.program('framework.mjs', framework)).toEqual({ stdout: '', stderr: '' });
});
