// One machine against several, and PostgreSQL against SQLite. machines.ours.ts does it, which is TypeScript.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

if (existsSync('/usr/lib/postgresql')) {
  const bundled = path.join(import.meta.dirname, '..', 'test', 'run-bundled.js')
  const args = [bundled, '../bench/machines.ours.ts', ...process.argv.slice(2)]
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
} else console.log('machines: no PostgreSQL here (apt-get install -y --no-install-recommends postgresql)')
