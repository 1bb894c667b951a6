// All figures, each beside its peer in the same go. Takes some minutes; `node bench/x12.js` and the others run alone.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

for (const name of [
  'start-up',
  'x12',
  'three-way',
  'three-way-shapes',
  'acknowledgment',
  'diff',
  'transfer',
  'xlsx',
  'machines',
]) {
  const script = path.join(import.meta.dirname, `${name}.js`)
  if (!existsSync(script)) continue
  console.log(`\n== ${name}`)
  const { status } = spawnSync(process.execPath, [script, ...process.argv.slice(2)], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
