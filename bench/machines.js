// One machine against several, and PostgreSQL against SQLite: bundles machines.ours.ts, which is TypeScript, and runs it.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

if (!existsSync('/usr/lib/postgresql')) {
  console.log('machines: no PostgreSQL here (apt-get install -y --no-install-recommends postgresql)')
  process.exit(0)
}
const root = path.join(import.meta.dirname, '..')
// Two folders below the root, as the sources are: what they find beside them they find from here too.
const folder = path.join(root, 'node_modules', '.bench')
mkdirSync(folder, { recursive: true })
const script = path.join(folder, 'machines.mjs')
await build({
  entryPoints: [path.join(import.meta.dirname, 'machines.ours.ts')],
  outfile: script,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  loader: { '.sql': 'text' },
})
process.exitCode = spawnSync(process.execPath, [script, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1
