/**
 * Operations that Asterisk may take long to answer, because it waits meanwhile: over one event connection, every
 * request after such a one waits too. Those that wait for a channel were found by asking a real Asterisk 22 while a
 * sound was played to the channel.
 */
export const blockingOperations: ReadonlySet<string> = new Set([
  // for the channel, until what it is playing or recording is over
  'bridges.addChannel',
  'bridges.removeChannel',
  'channels.answer',
  'channels.setChannelVar',
  'channels.setChannelVars',
  // for dialplan functions, which may ask databases and web servers
  'asterisk.getGlobalVar',
  'asterisk.setGlobalVar',
  'channels.getChannelVar',
  'channels.getChannelVars',
  // for another machine: a name, a connection
  'channels.externalMedia',
  // for modules and for what they keep in databases
  'asterisk.deleteObject',
  'asterisk.getObject',
  'asterisk.loadModule',
  'asterisk.reloadModule',
  'asterisk.unloadModule',
  'asterisk.updateObject',
  // for disks
  'asterisk.rotateLog',
  'recordings.copyStored',
  'recordings.listStored',
]);
