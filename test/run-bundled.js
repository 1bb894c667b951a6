// node test/run-bundled.js SCRIPT ...: bundles a script of this folder, which is TypeScript, and runs it with the arguments that follow.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { assembly } from '../scripts/assembly.js'

const here = import.meta.dirname
const [entry = '', ...args] = process.argv.slice(2)
// Two folders below the root, as the sources are: what they find beside them they find from here too.
const folder = path.join(here, '..', 'node_modules', '.bundled')
mkdirSync(folder, { recursive: true })
const script = path.join(folder, `${path.basename(path.dirname(entry))}.mjs`)
await build({
  entryPoints: [path.join(here, entry)],
  outfile: script,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  loader: { '.sql': 'text' },
  plugins: [assembly],
  sourcemap: 'inline',
})
process.exitCode =
  spawnSync(process.execPath, ['--enable-source-maps', script, ...args], { stdio: 'inherit' }).status ?? 1
