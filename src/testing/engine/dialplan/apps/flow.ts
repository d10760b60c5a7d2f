import { splitList } from '../../../params/split-list.js';
import { writeFunction } from '../functions.js';
import type { DialplanApp } from '../app.js';

export const noOp: DialplanApp = ({ done }) => done();

export const hangUp: DialplanApp = ({ data, hangUp: end }) => end(Number.parseInt(data, 10) || 16);

/** `Set(name=value)`. */
export const set: DialplanApp = ({ engine, channel, data, done }) => {
  const equals = data.indexOf('=');
  const name = data.slice(0, Math.max(0, equals)).trim();
  const value = data.slice(equals + 1);
  if (name.endsWith(')')) writeFunction(engine, channel, name, value);
  else if (name !== '') engine.channels.setVariable(channel, name, value);
  done();
};

/** `Goto([[context,]exten,]priority)`, the priority a number or a label. */
export const goTo: DialplanApp = ({ engine, channel, data, goto, hangUp: end }) => {
  const parts = splitList(data);
  const target = parts.at(-1) ?? '';
  const exten = parts.at(-2) ?? channel.position.exten;
  const context = parts.at(-3) ?? channel.position.context;
  const priority = /^\d+$/.test(target) ? Number(target) : engine.dialplan.labelled({ context, exten }, target);
  if (priority === undefined) end(16);
  else goto(context, exten, priority);
};
