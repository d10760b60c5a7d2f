// Puts the bundled api-docs and our descriptions beside the compiled generator, where the published package has them.
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const from = fileURLToPath(new URL('../api-docs/', import.meta.url));
const to = fileURLToPath(new URL('../codegen/dist/api-docs/', import.meta.url));

rmSync(to, { recursive: true, force: true });
for (const name of readdirSync(from).filter((entry) => /^v\d+$|^descriptions$/.test(entry))) {
  cpSync(`${from}${name}`, `${to}${name}`, { recursive: true });
}
