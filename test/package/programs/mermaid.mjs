// Mermaid itself reads a diagram of ours, and refuses what is none.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import mermaid from 'mermaid';

assert.equal((await mermaid.parse(readFileSync(process.argv[2], 'utf8'))).diagramType, 'sequence');
await assert.rejects(mermaid.parse('sequenceDiagram\n  a->>: \n'));
