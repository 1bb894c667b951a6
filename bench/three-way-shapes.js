// The three-way match of trade that is not shaped as usual, against trade that is: what costs more than its lines is a fault.
//
//   node bench/three-way-shapes.js [PO lines, default 100000]
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const bundled = path.join(import.meta.dirname, '..', 'test', 'run-bundled.js')
const args = [bundled, '../bench/three-way-shapes.ours.ts', ...process.argv.slice(2)]
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
