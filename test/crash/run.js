// npm run test:crash: bundles main.ts, which is TypeScript, and runs it with the arguments given.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

const here = import.meta.dirname
const root = path.join(here, '..', '..')
// Two folders below the root, as the sources are: what they find beside them they find from here too.
const folder = path.join(root, 'node_modules', '.crash')
mkdirSync(folder, { recursive: true })
const script = path.join(folder, 'main.mjs')
await build({
  entryPoints: [path.join(here, 'main.ts')],
  outfile: script,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
})
const args = ['--enable-source-maps', script, ...process.argv.slice(2)]
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
