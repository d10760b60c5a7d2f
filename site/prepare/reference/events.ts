import type { ApiModel, EventModel } from 'ari-codegen';
import { eventsOf, type InBranches } from './branches.ts';
import { anchor, cell, code, table } from './markdown.ts';
import { releases } from './operations.ts';
import { typeText } from './type-text.ts';

/** What every event has. */
const COMMON = ['type', 'asterisk_id', 'application', 'timestamp'];

/** The table of who sends which event, and every event with its fields. */
export function eventsPage(branches: readonly ApiModel[]): string {
  const events = eventsOf(branches);
  return [
    '# All events',
    `${releases(branches)} Every event has \`type\`, \`asterisk_id\`, \`application\` and \`timestamp\` too. What an event is heard on: \`client.on\` hears all of them, \`client.channels.on\` and \`channel.on\` those of channels, and so on.`,
    table(
      ['Event', ...branches.map(({ major }) => String(major)), 'Heard on'],
      events.map(({ newest, of }) => [
        `[${code(newest.name)}](#${anchor(newest.name)})`,
        ...branches.map(({ major }) => (of.has(major) ? '✓' : '–')),
        heardOn(newest).join(', '),
      ]),
      ['---', ...branches.map(() => ':-:'), '---'],
    ),
    ...events.map(section),
    '',
  ].join('\n\n');
}

function heardOn({ objects }: EventModel): string[] {
  return ['client', ...new Set(objects.map(({ object }) => object))];
}

function section({ newest }: InBranches<EventModel>): string {
  const fields = newest.properties.filter(({ name }) => !COMMON.includes(name));
  const rows = fields.map(({ name, optional, type, description = '' }) => [
    code(optional ? `${name}?` : name),
    code(typeText(type)),
    cell(description),
  ]);
  return [
    `## ${newest.name}`,
    newest.description ?? '',
    rows.length === 0 ? '' : table(['Field', 'Type', 'Meaning'], rows),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
