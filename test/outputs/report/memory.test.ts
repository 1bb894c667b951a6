import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'

const run = promisify(execFile)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'matchbook-memory-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const program = `
import { writeWorkbook } from ${JSON.stringify(path.join(import.meta.dirname, '../../../src/outputs/report/index.js'))}
import { matchedRow, sampleContent } from './sample-content.js'
async function* rows(count) { for (let n = 0; n < count; n += 1) yield matchedRow(n) }
const [file, count] = process.argv.slice(2)
await writeWorkbook(file, sampleContent({ invoices: { matched: rows(Number(count)), held: [] } }))
`

it('streams 60,000 matched lines of 19 columns through a heap that could not hold them', async () => {
  const bundle = path.join(folder, 'write.mjs')
  await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
  })
  // Beside the bundle, so that it finds the packages it does not hold.
  await symlink(path.join(import.meta.dirname, '../../../node_modules'), path.join(folder, 'node_modules'))
  const file = path.join(folder, 'large.xlsx')
  await run(process.execPath, ['--max-old-space-size=80', bundle, file, '60000'])
  expect((await stat(file)).size).toBeGreaterThan(2_000_000)
})
