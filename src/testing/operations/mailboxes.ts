import { noContent, ok } from '../http/reply.js';
import type { Handlers } from './handler.js';

export const mailboxes: Handlers = {
  list: ({ engine }) => ok(engine.mailboxes.list()),

  get: ({ engine, params }) => ok(engine.mailboxes.get(params.text('mailboxName'))),

  update: ({ engine, params }) => {
    engine.mailboxes.update(params.text('mailboxName'), params.number('oldMessages'), params.number('newMessages'));
    return noContent();
  },

  delete: ({ engine, params }) => {
    engine.mailboxes.delete(params.text('mailboxName'));
    return noContent();
  },
};
