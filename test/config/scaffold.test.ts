import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  effectiveSettings,
  formatProblems,
  jsonSchemas,
  loadWorkspace,
  scaffoldWorkspace,
} from '../../src/config/index.js'
import { MatchbookError } from '../../src/errors/index.js'
import { defaultQueues } from '../../src/exceptions/index.js'

const shippedFolder = path.join(import.meta.dirname, '..', '..')
const options = { explicit: true, shippedFolder, knownQueues: defaultQueues }
const temporary = mkdtempSync(path.join(tmpdir(), 'matchbook-scaffold-'))
const folder = path.join(temporary, 'lakeside')
let written: string[] = []

beforeAll(async () => {
  written = await scaffoldWorkspace(folder, {
    name: 'Lakeside "North": Health',
    shippedFolder,
    jobs: ['receipt-to-invoice'],
  })
})
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

const load = (from = folder, more = {}) => loadWorkspace(from, { ...options, ...more })

describe('a workspace made by init', () => {
  it('validates as it is, with its name as it was given', async () => {
    const { workspace, problems } = await load()
    expect(formatProblems(problems)).toBe('')
    expect(workspace?.settings.workspace).toBe('Lakeside "North": Health')
    expect([...(workspace?.jobs.keys() ?? [])]).toEqual(['receipt-to-invoice'])
    expect(workspace?.contracts.size).toBe(12)
    expect([...(workspace?.loads.keys() ?? [])]).toEqual(['oracle-fusion-ap-invoices'])
  })

  it('has a key of its own for identities; without it a job whose contracts hash them is refused', async () => {
    const clinical = path.join(temporary, 'clinical')
    await scaffoldWorkspace(clinical, { name: 'Clinical', shippedFolder, jobs: ['charge-capture'] })
    expect(statSync(path.join(clinical, 'keys', 'identity')).mode & 0o077).toBe(0)
    expect((await load(clinical)).problems).toEqual([])
    const settings = path.join(clinical, 'matchbook.yaml')
    writeFileSync(settings, readFileSync(settings, 'utf8').replace(/^privacy:.*$/m, ''))
    const told = formatProblems((await load(clinical)).problems)
    expect(told).toContain(
      'ehr-usage hashes identities, and there is no key; expected privacy: { key: ... } in matchbook.yaml',
    )
  })

  it('is found from any folder below it', async () => {
    const { workspace } = await load(path.join(folder, 'templates', 'extracts'), { explicit: false })
    expect(workspace?.folder).toBe(folder)
  })

  it('has a folder for every drop of its job and for its load', async () => {
    const { workspace } = await load()
    const job = workspace?.jobs.get('receipt-to-invoice')
    if (workspace === undefined || job === undefined || job.loads.length === 0) throw new Error('no job with a load')
    const places = [...Object.values(job.inputs).flatMap(({ from }) => from), ...job.loads]
    expect(places.length).toBeGreaterThan(14)
    for (const place of places) {
      const endpoint = workspace.settings.endpoints[place.endpoint]
      if (endpoint?.kind !== 'local') throw new Error(`${place.endpoint} is not a folder`)
      expect(readdirSync(path.join(folder, endpoint.folder, place.folder))).toEqual([])
    }
  })

  it('is frozen to the last value', async () => {
    const { workspace } = await load()
    const job = workspace?.jobs.get('receipt-to-invoice')
    expect(
      [workspace, workspace?.settings.partners.medsupply?.isa[0], job?.inputs.invoices?.from[0]].every(Object.isFrozen),
    ).toBe(true)
  })

  it('tells editors the schema of every YAML file, and the schema is there', () => {
    const yaml = written.filter((file) => file.endsWith('.yaml'))
    expect(yaml.length).toBe(15)
    for (const file of yaml) {
      const [, schema] =
        /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(path.join(folder, file), 'utf8')) ?? []
      expect(written, file).toContain(path.posix.join(path.posix.dirname(file), schema ?? 'no schema'))
    }
  })

  it('keeps what is there: a second init is refused, other files stay as they are', async () => {
    const again = scaffoldWorkspace(folder, { name: 'Another', shippedFolder, jobs: ['receipt-to-invoice'] })
    await expect(again).rejects.toMatchObject({ name: 'MatchbookError', code: 'WORKSPACE-EXISTS' })
    expect((await load()).workspace?.settings.workspace).toBe('Lakeside "North": Health')

    const repository = path.join(temporary, 'repository')
    await scaffoldWorkspace(repository, { name: 'A', shippedFolder, jobs: ['receipt-to-invoice'] })
    rmSync(path.join(repository, 'matchbook.yaml'))
    writeFileSync(path.join(repository, '.gitignore'), 'mine\n')
    expect(await scaffoldWorkspace(repository, { name: 'B', shippedFolder, jobs: ['receipt-to-invoice'] })).toEqual([
      'matchbook.yaml',
    ])
    expect(readFileSync(path.join(repository, '.gitignore'), 'utf8')).toBe('mine\n')
  })

  it('does without its own templates: the shipped ones serve those its job names', async () => {
    const bare = path.join(temporary, 'bare')
    await scaffoldWorkspace(bare, { name: 'Bare', shippedFolder, jobs: ['receipt-to-invoice'] })
    rmSync(path.join(bare, 'templates'), { recursive: true })
    const { workspace, problems } = await load(bare)
    expect(formatProblems(problems)).toBe('')
    expect(workspace?.contracts.size).toBe(12)
    const alone = await loadWorkspace(bare, { explicit: true, knownQueues: defaultQueues })
    expect(formatProblems(alone.problems)).toContain('no extract contract "lawson-po-lines"')
  })

  it('shows its settings with every default and no secret', async () => {
    const { workspace } = await load()
    if (workspace === undefined) throw new Error('not valid')
    const shown = JSON.parse(JSON.stringify(await effectiveSettings(workspace)))
    expect(shown.settings.partners.orthotech['tax-exempt']).toBe(true)
    expect(shown.jobs['receipt-to-invoice'].inputs.invoices.from[0]['stable-seconds']).toBe(2)
  })
})

describe('the JSON Schemas, as an editor uses them', () => {
  const ajv = new Ajv({ allErrors: true })
  const kindOf = (file: string): keyof ReturnType<typeof jsonSchemas> =>
    file.startsWith('jobs/')
      ? 'job'
      : file.startsWith('templates/extracts')
        ? 'extract-contract'
        : file.startsWith('templates/loads')
          ? 'load-template'
          : 'matchbook'
  const validators = new Map(Object.entries(jsonSchemas()).map(([kind, schema]) => [kind, ajv.compile(schema)]))

  it('accept every file of the workspace, and refuse each with its first key misspelt', () => {
    for (const file of written.filter((name) => name.endsWith('.yaml'))) {
      const validate = validators.get(kindOf(file))
      const text = readFileSync(path.join(folder, file), 'utf8')
      expect(validate?.(parse(text)), `${file}: ${JSON.stringify(validate?.errors)}`).toBe(true)
      const misspelt = text.replace(/^([a-z]+):/m, '$1x:')
      expect(misspelt).not.toBe(text)
      expect(validate?.(parse(misspelt)), file).toBe(false)
    }
  })

  it('refuse an id without quotes and a secret written out', () => {
    const validate = validators.get('matchbook')
    const text = readFileSync(path.join(folder, 'matchbook.yaml'), 'utf8')
    expect(validate?.(parse(text.replace('vendor: "10432"', 'vendor: 10432')))).toBe(false)
    const sftp = (password: string) =>
      text.replace(
        /medsupply: \{ kind: local.*\}/,
        `medsupply: { kind: sftp, host: a, username: b, host-key: { known-hosts: c }, login: { password: ${password} } }`,
      )
    expect(validate?.(parse(sftp('{ env: MEDSUPPLY }'))), JSON.stringify(validate?.errors)).toBe(true)
    expect(validate?.(parse(sftp('hunter2')))).toBe(false)
  })
})

describe('a folder that is no workspace', () => {
  it('is told so, with where was looked', async () => {
    const error = await loadWorkspace(temporary, options).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(MatchbookError)
    expect(error).toMatchObject({ code: 'WORKSPACE-NOT-FOUND', message: expect.stringContaining(temporary) })
  })

  it('is not looked above when it was named by the user', async () => {
    await expect(loadWorkspace(path.join(folder, 'jobs'), options)).rejects.toMatchObject({
      code: 'WORKSPACE-NOT-FOUND',
    })
  })
})
