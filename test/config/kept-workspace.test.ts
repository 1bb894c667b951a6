import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadWorkspace, scaffoldWorkspace, type Workspace } from '../../src/config/index.js'
import { keepWorkspace, keptWorkspace } from '../../src/config/kept-workspace.js'
import type { Sources } from '../../src/config/sources.js'
import fc from '../properties.js'

const shippedFolder = path.join(import.meta.dirname, '..', '..')
const temporary = mkdtempSync(path.join(tmpdir(), 'matchbook-kept-'))
const folder = path.join(temporary, 'lakeside')
const keptFor = { build: 'a build', folder, profile: undefined }
const keptFile = path.join(folder, 'state', 'settings.kept')
const at = (...names: string[]): string => path.join(folder, ...names)
const isUsed = async (more: Partial<typeof keptFor> = {}): Promise<boolean> =>
  (await keptWorkspace({ ...keptFor, ...more })) !== undefined

/** What `change` does to a file is undone afterwards. */
async function whileChanged(file: string, text: string | Buffer | undefined, look: () => Promise<void>): Promise<void> {
  const before = existsSync(file) ? readFileSync(file) : undefined
  const put = (what: string | Buffer | undefined) => (what === undefined ? rmSync(file) : writeFileSync(file, what))
  put(text)
  try {
    await look()
  } finally {
    put(before)
  }
}

let workspace: Workspace
let bytes: Buffer

beforeAll(async () => {
  const jobs = ['receipt-to-invoice', 'labor-to-ledger', 'charge-capture']
  await scaffoldWorkspace(folder, { name: 'Lakeside', shippedFolder, jobs })
  mkdirSync(at('state'), { recursive: true })
  await keepIt()
  bytes = readFileSync(keptFile)
})
beforeEach(() => writeFileSync(keptFile, bytes, { mode: 0o600 }))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

async function keepIt(profile?: 'test'): Promise<void> {
  const sources: Sources = new Map()
  const loaded = await loadWorkspace(folder, { explicit: true, shippedFolder, sources, profile })
  if (loaded.workspace === undefined) throw new Error('the workspace has mistakes')
  workspace = loaded.workspace
  await keepWorkspace(workspace, sources, { ...keptFor, profile })
}

describe('settings that were read and checked once', () => {
  it('are the same again, and as frozen', async () => {
    const kept = await keptWorkspace(keptFor)
    expect(kept).toStrictEqual(workspace)
    expect([...(kept?.jobs.keys() ?? [])]).toEqual([...workspace.jobs.keys()])
    expect(Object.isFrozen(kept?.settings.endpoints)).toBe(true)
    expect(Object.isFrozen(kept?.jobs.get('receipt-to-invoice')?.inputs)).toBe(true)
  })

  it.each(['matchbook.yaml', 'jobs/labor-to-ledger.yaml', 'templates/extracts/lawson-po-lines.yaml'])(
    'are read anew when one letter of %s is another',
    async (name) => {
      const text = readFileSync(at(name), 'utf8')
      await whileChanged(at(name), text.replace('e', 'f'), async () => expect(await isUsed()).toBe(false))
      expect(await isUsed()).toBe(true)
    },
  )

  it('are read anew when a file comes or goes, also one that is not read', async () => {
    await whileChanged(at('jobs', 'new.yaml'), 'job: new', async () => expect(await isUsed()).toBe(false))
    await whileChanged(at('jobs', 'charge-capture.yaml'), undefined, async () => expect(await isUsed()).toBe(false))
    expect(await isUsed()).toBe(true)
  })

  it('are not those of another build, workspace or profile', async () => {
    expect(await isUsed({ build: 'another' })).toBe(false)
    expect(await isUsed({ folder: temporary })).toBe(false)
    expect(await keptWorkspace({ ...keptFor, profile: 'test' })).toBeUndefined()
  })

  it('are not taken from a file that others may write to', async () => {
    chmodSync(keptFile, 0o620)
    expect(await isUsed()).toBe(false)
    chmodSync(keptFile, 0o600)
    expect(await isUsed()).toBe(true)
  })

  it('are not taken when one bit of them is another, or some are missing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), fc.boolean(), async (place, bit, cut) => {
        const damaged = cut ? bytes.subarray(0, place) : Buffer.from(bytes)
        if (!cut) damaged[place] = (damaged[place] ?? 0) ^ (1 << bit)
        writeFileSync(keptFile, damaged)
        expect(await isUsed()).toBe(false)
      }),
      { numRuns: 50 },
    )
  })

  it('are kept where the state is, however the settings say so', async () => {
    const text = readFileSync(at('matchbook.yaml'), 'utf8')
    mkdirSync(at('var', 'state'), { recursive: true })
    const saying = text.replace(/^state: .*$/m, "state:\n  # of this machine\n  folder: 'var/state'")
    await whileChanged(at('matchbook.yaml'), saying, async () => {
      await keepIt()
      expect(await keptWorkspace(keptFor)).toStrictEqual(workspace)
      expect(existsSync(at('var', 'state', 'settings.kept'))).toBe(true)
    })
  })

  it('are those of the profile asked for, from its own state folder', async () => {
    mkdirSync(at('profiles'))
    mkdirSync(at('state-test'))
    const names = Object.keys(workspace.settings.endpoints)
    const endpoints = names.map((name) => `  ${name}: { kind: local, folder: drops-test/${name} }`)
    writeFileSync(at('profiles', 'test.yaml'), ['state: { folder: state-test }', 'endpoints:', ...endpoints].join('\n'))
    await keepIt('test')
    expect(existsSync(at('state-test', 'settings.test.kept'))).toBe(true)
    const kept = await keptWorkspace({ ...keptFor, profile: 'test' })
    expect(kept).toStrictEqual(workspace)
    expect(kept?.settings.profile).toBe('test')
    expect((await keptWorkspace(keptFor))?.settings.profile).toBe('production')
  })

  it('are not kept where there is no state folder yet', async () => {
    rmSync(at('state'), { recursive: true })
    await keepIt()
    expect(existsSync(at('state'))).toBe(false)
    mkdirSync(at('state'))
  })
})
