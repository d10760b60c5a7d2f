import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { html, mermaid, type TraceEntry } from 'asterisk-ari/trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evil, trace } from '../../trace/support/evil-trace.js';
import { Project } from '../support/project.js';

let project: Project;

beforeAll(async () => {
  project = await Project.make();
});

afterAll(() => project.remove());

describe('a sequence diagram', () => {
  beforeAll(() => project.npm('install', '--no-audit', '--no-fund', '--loglevel=error', 'mermaid@12'), 240_000);

  it('is read by Mermaid, whatever is in its texts', async () => {
    const texts = [
      ...'#;:<>"\'`%{}[]()|\\&@,-+=*~^!?$/\n\t\u0000é你😀',
      'end',
      'loop',
      '%%{init: {}}%%',
      '<br/>',
      evil,
    ];
    const entries = texts.flatMap((text, seq): TraceEntry[] => [
      { kind: 'unknown', seq, at: 0, client: text, data: { kind: text, seq, at: 0, client: text } },
      { kind: 'event', seq, at: 0, client: text, type: text, application: '', event: {}, objects: [`channel:${text}`] },
    ]);
    await project.write('call.mmd', mermaid([...trace, ...entries]));
    expect(await project.program('mermaid.mjs', 'call.mmd')).toEqual({ stdout: '', stderr: '' });
  });
});

describe('a page', () => {
  /** What Chromium makes of it; and what it complains of. */
  async function opened(): Promise<{ stdout: string; stderr: string }> {
    await project.write('call.html', html(trace, { title: `Call of ${evil}` }));
    const profile = `--user-data-dir=${project.path('profile')}`;
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--enable-logging=stderr', profile, '--dump-dom'];
    const file = pathToFileURL(project.path('call.html')).href;
    return promisify(execFile)(process.env['CHROMIUM'] ?? 'chromium', [...flags, file], { timeout: 50_000 });
  }

  it('opens from disk in a browser, and what a caller calls himself is text', async () => {
    const { stdout, stderr } = await opened();
    expect(stdout).not.toContain('<img');
    expect(stdout).toContain('&lt;img src=x onerror=');
    expect(stdout.match(/<details/g)).toHaveLength(10);
    expect(stderr).not.toMatch(/Content Security Policy|Refused to/);
  });
});
