import { signal } from '@preact/signals';
import type { About } from '../shared/protocol.js';
import type { OperationForms } from '../shared/operation.js';

export const tabs = ['live', 'objects', 'try'] as const;
export type Tab = (typeof tabs)[number];

/** What is shown. */
export const tab = signal<Tab>('live');

/** What the program says of itself; nothing until it has. */
export const about = signal<About | undefined>(undefined);

/** Whether the program can be reached. */
export const isOnline = signal(false);

/** The operations of this Asterisk; nothing until they are loaded. */
export const forms = signal<OperationForms | undefined>(undefined);

/** What a screen reader is told. */
export const announcement = signal('');
