import { expect, it } from 'vitest';
import { clientMembers, handleMembers, notices, repositoryMembers } from '../../../codegen/emit/reserved.js';
import { runtimeTypes, runtimeValues, runtimeInternals } from '../../../codegen/emit/runtime-exports.js';
import { readFileSync } from 'node:fs';
import * as runtime from '../../../src/runtime.js';
import type { ClientNotices } from '../../../src/runtime.js';

function membersOf(base: { readonly prototype: object }): string[] {
  const members: string[] = [];
  for (let at = base.prototype; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
    members.push(...Object.getOwnPropertyNames(at));
  }
  return members;
}

it.each([
  ['handles', runtime.ListenableHandle, handleMembers],
  ['repositories', runtime.ListenableRepository, repositoryMembers],
  ['the client', runtime.BaseClient, clientMembers],
])('no generated member of %s can take the place of one of the runtime', (_what, base, reserved) => {
  const members = membersOf(base);
  expect(members).toContain('waitFor');
  expect(members.filter((name) => !reserved.has(name))).toEqual([]);
});

/** The compiler sees to it that these are all. */
const told: Readonly<Record<keyof ClientNotices<unknown>, true>> = {
  '*': true,
  unknown: true,
  malformed: true,
  invalid: true,
  listenerError: true,
  state: true,
  gap: true,
  present: true,
  replaced: true,
  slow: true,
};

it('no event can have the name of what the client tells besides', () => {
  expect([...notices].toSorted()).toEqual(Object.keys(told).toSorted());
});

it('the runtime has every value that generated code takes from it', () => {
  const values = runtimeInternals.filter((name) => /^(?:BaseClient|Listenable|Object|Repository|connect)/.test(name));
  expect(values.length).toBeGreaterThan(4);
  expect([...runtimeValues, ...values].filter((name) => !(name in runtime))).toEqual([]);
});

it('the index hands on every public value and type of the runtime, but for what only generated code needs', () => {
  const source = readFileSync(new URL('../../../src/runtime.ts', import.meta.url), 'utf8');
  const lists = [...source.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].map(([, names = '']) => names);
  const exported = lists.flatMap((names) =>
    names.split(',').flatMap((name) => name.replace(/\btype\b/, '').trim() || []),
  );
  const tableTypes = ['EventTable', 'ObjectBinding', 'Parameter', 'Result'];
  const known = [...runtimeValues, ...runtimeTypes, ...runtimeInternals, ...tableTypes];
  expect(exported.toSorted()).toEqual(known.toSorted());
});
