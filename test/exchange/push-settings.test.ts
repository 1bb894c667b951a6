import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { init } from '../../src/app/workspace/init.js'
import { loadWorkspace } from '../../src/config/index.js'

it.each([
  ['to the place itself', 'fallback: { endpoint: erp }', 'the fallback is erp itself'],
  ['to a place that there is not', 'fallback: { endpoint: standbye }', 'standbye'],
  ['signed and not encrypted', 'wrap: { sign-with: { file: key.asc } }', 'a signature on what is not encrypted'],
])('a load that goes %s is told before anything runs', async (_what, setting, says) => {
  const base = mkdtempSync(path.join(tmpdir(), 'matchbook-delivery-'))
  onTestFinished(() => rmSync(base, { recursive: true, force: true }))
  const folder = path.join(base, 'lakeside')
  await init({ folder: folder, name: 'Lakeside', jobs: [] })
  const job = path.join(folder, 'jobs', 'receipt-to-invoice.yaml')
  const text = readFileSync(job, 'utf8')
  expect((await loadWorkspace(folder)).problems).toEqual([])
  writeFileSync(job, text.replace('    folder: inbound\n', `    folder: inbound\n    ${setting}\n`))
  const { problems } = await loadWorkspace(folder)
  expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(says)])
})
