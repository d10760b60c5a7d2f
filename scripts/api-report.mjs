/**
 * Compares what the packages export, signature by signature, with the reports in api/; with `--write` makes these anew.
 * Whoever changes the public interface changes them in the same commit, where a reviewer sees it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor';

/** Lines of a difference that are shown. */
const SHOWN = 120;
const folder = 'api';
const write = process.argv.includes('--write');
const temporary = mkdtempSync(join(tmpdir(), 'api-'));

mkdirSync(folder, { recursive: true });
const projects = ['.', 'codegen'].map(configsOf);
const stale = projects.flatMap((configs) => {
  const [first, ...others] = configs;
  const additionalEntryPoints = others.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath);
  const state = CompilerState.create(first, { additionalEntryPoints });
  return configs.filter((config) => differs(config, state));
});
const names = new Set(projects.flat().map(({ reportFilePath }) => resolve(reportFilePath)));
const gone = readdirSync(folder).filter((name) => !names.has(resolve(folder, name)));
if (write) gone.forEach((name) => rmSync(join(folder, name)));
else if (stale.length + gone.length > 0) complain();
process.stdout.write(
  `${names.size} reports of the public interface, ${stale.length + gone.length} other than before\n`,
);
rmSync(temporary, { recursive: true });

/** The entries of a package that are reported. */
function configsOf(project) {
  const { name, exports } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  return (
    Object.entries(exports)
      // The newest LTS branch is the package's own entry; another one differs from it as Asterisk does.
      .filter(([path, { types }]) => types !== undefined && !/^\.\/v\d+$|^\.\/v(?!22)\d+\//.test(path))
      .map(([path, { types }]) => configOf(project, path, path.replace('.', name).replaceAll('/', '-'), types))
  );
}

function configOf(project, path, name, types) {
  const root = resolve(project);
  const silent = { default: { logLevel: 'none' } };
  return ExtractorConfig.prepare({
    packageJsonFullPath: join(root, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, types),
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions: compilerOptions(), files: [join(root, types)] } },
      apiReport: {
        enabled: true,
        // Types that an export leads to are public, too; those of the double and of schemas lead deep inside.
        includeForgottenExports: !/testing|schemas/.test(path),
        reportFileName: `${name}.api.md`,
        reportFolder: resolve(folder),
        reportTempFolder: temporary,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { compilerMessageReporting: silent, extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
  });
}

function compilerOptions() {
  return {
    target: 'es2022',
    lib: ['es2023', 'esnext.disposable'],
    module: 'nodenext',
    types: ['node'],
    typeRoots: [resolve('node_modules/@types')],
    strict: true,
    skipLibCheck: true,
  };
}

function differs(config, compilerState) {
  const messageCallback = (message) => {
    // That a report differs is told below.
    message.handled = message.messageId.startsWith('console-');
  };
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    compilerState,
    localBuild: write,
    messageCallback,
  });
  if (errorCount > 0) throw new Error(`${config.mainEntryPointFilePath} cannot be read`);
  return apiReportChanged;
}

function complain() {
  for (const { reportFilePath, reportTempFilePath } of stale) {
    const args = ['--no-pager', 'diff', '--no-index', reportFilePath, reportTempFilePath];
    const lines = spawnSync('git', args, { encoding: 'utf8' }).stdout.split('\n');
    process.stderr.write(`${lines.slice(0, SHOWN).join('\n')}\n${lines.length > SHOWN ? '…\n' : ''}`);
  }
  for (const name of gone) process.stderr.write(`${folder}/${name} is of an entry that is gone\n`);
  process.stderr.write('The public interface has changed: look at the difference, and `npm run api` if it is meant\n');
  process.exitCode = 1;
}
