import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { JobSettings } from '../../src/config/job.js'
import { WorkspaceSettings } from '../../src/config/workspace.js'
import { catalogue } from '../../src/exceptions/catalogue.js'
import { demoWorkspace, simulateNight } from '../../src/simulate/index.js'

let folder: string
const server = { port: 40022, fingerprint: `SHA256:${'A'.repeat(43)}`, keyFile: 'keys/id_ed25519' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matchbook-demo-workspace-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('The demo workspace', () => {
  test('is what the strict schemas accept', async () => {
    expect(await demoWorkspace({ folder, ...server })).toEqual(['matchbook.yaml', 'jobs/receipt-to-invoice.yaml'])
    const settings = WorkspaceSettings.parse(parse(await readFile(join(folder, 'matchbook.yaml'), 'utf8')))
    expect(settings.endpoints.exchange).toMatchObject({
      kind: 'sftp',
      port: 40022,
      login: { key: { file: server.keyFile } },
    })
    expect(Object.keys(settings.partners)).toEqual(['medsupply', 'orthotech', 'carefirst'])
    expect(settings.identity.map(({ company }) => company)).toEqual(['10', '20'])
    const job = JobSettings.parse(parse(await readFile(join(folder, 'jobs/receipt-to-invoice.yaml'), 'utf8')))
    expect(Object.keys(job.inputs)).toHaveLength(13)
    expect(Object.keys(job.loads[0]?.['values-by-company'] ?? {})).toEqual(['10', '20'])
  })

  test('has an owner for every queue of every code, with its calendar', async () => {
    await demoWorkspace({ folder, ...server })
    const settings = WorkspaceSettings.parse(parse(await readFile(join(folder, 'matchbook.yaml'), 'utf8')))
    const queues = new Set(Object.values(catalogue).map(({ queue }) => queue))
    expect(Object.keys(settings.queues)).toEqual(expect.arrayContaining([...queues]))
    for (const { calendar } of Object.values(settings.queues))
      if (calendar !== undefined) expect(settings.calendars).toHaveProperty(calendar)
  })

  test('looks for every file the simulated night lays out, each in one place', async () => {
    await demoWorkspace({ folder, ...server })
    const job = JobSettings.parse(parse(await readFile(join(folder, 'jobs/receipt-to-invoice.yaml'), 'utf8')))
    const truth = await simulateNight({ seed: 3, asOf: '2026-11-20', folder: join(folder, 'server') })
    const drops = Object.values(job.inputs).flatMap(({ from }) => from)
    for (const { path } of truth.files) {
      const takers = drops.filter(({ folder: at, include }) =>
        include.some((glob) =>
          new RegExp(`^${at}/${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(path),
        ),
      )
      expect(takers, path).toHaveLength(1)
    }
  })
})
