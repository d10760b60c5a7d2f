import { documentFolder, loadDocuments } from '../../../src/testing/docs/load.js';
import type { DocumentedParameter } from '../../../src/testing/docs/documents.js';

/** An operation of Asterisk 22, as its documents describe it. */
export interface Operation {
  /** `channels.play` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly DocumentedParameter[];
}

/** Operations that no walk asks for, with the reasons. */
const excluded = new Map<string, string>([
  ['events.eventWebsocket', 'opens a connection'],
  ['applications.list', 'tells of what earlier walks left behind'],
  ['asterisk.getInfo', 'tells of the machine'],
  ['asterisk.listModules', 'tells of the installation'],
  ['asterisk.getModule', 'tells of the installation'],
  ['asterisk.loadModule', 'changes the installation'],
  ['asterisk.unloadModule', 'changes the installation'],
  ['asterisk.reloadModule', 'changes the installation'],
  ['asterisk.listLogChannels', 'tells of the installation'],
  ['asterisk.rotateLog', 'changes the installation'],
  ['asterisk.addLog', 'changes the installation'],
  ['asterisk.deleteLog', 'changes the installation'],
  ['endpoints.list', 'tells of the installation'],
  ['endpoints.listByTech', 'tells of the installation'],
  ['sounds.list', 'tells of the installation'],
  ['sounds.get', 'tells of the installation'],
]);

/** Every operation that a walk asks for. */
export const operations: readonly Operation[] = [...loadDocuments(documentFolder('22')).resources].flatMap(
  ([resource, { apis }]) =>
    apis.flatMap(({ path, operations: all }) =>
      all
        .map(({ nickname, httpMethod, parameters = [] }) => ({
          name: `${resource}.${nickname}`,
          method: httpMethod,
          path,
          parameters,
        }))
        .filter(({ name }) => !excluded.has(name)),
    ),
);
