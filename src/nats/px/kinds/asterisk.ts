import { each, text, tuples } from '../fields.js';
import { command, list, reading, type PxKind } from '../kind.js';

const module = '/asterisk/modules/{moduleName}';
const logging = '/asterisk/logging/{logChannelName}';
const config = '/asterisk/config/dynamic/{configClass}/{objectType}/{id}';
const subscription = '/applications/{applicationName}/subscription';

const source = {
  member: 'application_subscribe',
  fields: { event_source: each('eventSource', 'event_source is mandatory') },
  binds: ['eventSource'],
};

/** Of Asterisk itself and its applications. */
export const asteriskKinds: readonly PxKind[] = [
  ...reading('application', 'Application', 'applications.get', 'GET /applications/{applicationName}'),
  list('application', 'ApplicationList', 'applications.list', 'GET /applications'),
  command('application', 'ApplicationSubscribe', 'applications.subscribe', `POST ${subscription}`, source),
  command('application', 'ApplicationUnsubscribe', 'applications.unsubscribe', `DELETE ${subscription}`, {
    member: source.member,
    fields: source.fields,
  }),
  {
    kind: 'AsteriskInfo',
    class: 'data',
    operation: 'asterisk.getInfo',
    call: 'GET /asterisk/info',
    spares: ['only'],
    answer: { is: 'info' },
  },
  command('variable', 'AsteriskVariableGet', 'asterisk.getGlobalVar', 'GET /asterisk/variable', {
    class: 'data',
    answer: { is: 'value' },
    blocking: true,
  }),
  command('variable', 'AsteriskVariableSet', 'asterisk.setGlobalVar', 'POST /asterisk/variable', {
    member: 'asterisk_variable_set',
    fields: { value: text('value') },
    blocking: true,
  }),
  ...reading('module', 'AsteriskModule', 'asterisk.getModule', `GET ${module}`),
  list('module', 'AsteriskModuleList', 'asterisk.listModules', 'GET /asterisk/modules'),
  command('module', 'AsteriskModuleLoad', 'asterisk.loadModule', `POST ${module}`, { blocking: true }),
  command('module', 'AsteriskModuleReload', 'asterisk.reloadModule', `PUT ${module}`, { blocking: true }),
  command('module', 'AsteriskModuleUnload', 'asterisk.unloadModule', `DELETE ${module}`, { blocking: true }),
  ...reading('logging', 'AsteriskLogging', 'asterisk.listLogChannels', 'GET /asterisk/logging', {
    isAmongAll: true,
    isServedOnly: true,
  }),
  list('logging', 'AsteriskLoggingList', 'asterisk.listLogChannels', 'GET /asterisk/logging'),
  command('logging', 'AsteriskLoggingCreate', 'asterisk.addLog', `POST ${logging}`, {
    member: 'asterisk_logging_channel',
    fields: { config: text('configuration', 'config is mandatory') },
    class: 'create',
    answer: { is: 'made', of: 'logging', id: 'logChannelName' },
  }),
  command('logging', 'AsteriskLoggingDelete', 'asterisk.deleteLog', `DELETE ${logging}`),
  command('logging', 'AsteriskLoggingRotate', 'asterisk.rotateLog', `PUT ${logging}/rotate`, { blocking: true }),
  ...reading('config', 'AsteriskConfig', 'asterisk.getObject', `GET ${config}`, { blocking: true }).slice(0, 1),
  command('config', 'AsteriskConfigUpdate', 'asterisk.updateObject', `PUT ${config}`, {
    member: 'asterisk_config',
    fields: { tuples: tuples('fields') },
    blocking: true,
  }),
  command('config', 'AsteriskConfigDelete', 'asterisk.deleteObject', `DELETE ${config}`, { blocking: true }),
];
