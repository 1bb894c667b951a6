import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  formatProblems,
  jsonSchemas,
  loadProfiles,
  loadWorkspace,
  scaffoldWorkspace,
  sourcesBelow,
} from '../../src/config/index.js'
import { defaultQueues } from '../../src/exceptions/index.js'
import { matcherNeeds } from '../../src/match/index.js'

const shippedFolder = path.join(import.meta.dirname, '..', '..')
const options = { explicit: true, shippedFolder, knownQueues: defaultQueues, matchers: matcherNeeds() }
const temporary = mkdtempSync(path.join(tmpdir(), 'matchbook-profiles-'))
const folder = path.join(temporary, 'lakeside')
const names = ['erp', 'medsupply', 'orthotech', 'procurement', 'ehr', 'payroll']

/** profiles/test.yaml as an operator would write it. */
const overlay = (
  more = '',
  endpoints = names.map((name) => `  ${name}: { kind: local, folder: drops-test/${name} }`),
) => ['state: { folder: state-test }', 'endpoints:', ...endpoints, more, ''].join('\n')

const write = (text: string, name = 'test') => writeFileSync(path.join(folder, 'profiles', `${name}.yaml`), text)
const inTest = () => loadWorkspace(folder, { ...options, profile: 'test' })
const told = async () => formatProblems((await loadProfiles(folder, options)).problems)
const editMain = (change: (text: string) => string) => {
  const file = path.join(folder, 'matchbook.yaml')
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

beforeAll(async () => {
  await scaffoldWorkspace(folder, { name: 'Lakeside', shippedFolder, jobs: ['receipt-to-invoice'] })
  mkdirSync(path.join(folder, 'profiles'))
  editMain(
    (text) =>
      `${text}notify: { channels: { journal: { kind: file, file: told.ndjson } }, operators: IT, owners: { IT: { channels: [journal] } } }
metrics: { file: matchbook.prom }
backup: { folder: /mnt/backup }
`,
  )
})
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

describe('a workspace of production with profiles/test.yaml', () => {
  beforeAll(() =>
    write(
      overlay(
        'fail-on: any\npartners:\n  medsupply: { isa: [{ qualifier: "01", id: "054321987T" }] }\nqueues: { finance: { owner: Testers } }',
      ),
    ),
  )

  it('is as ever where no profile is asked for', async () => {
    const { workspace } = await loadWorkspace(folder, options)
    expect(workspace?.settings).toMatchObject({ profile: 'production', state: { folder: 'state' }, 'fail-on': 'none' })
    expect(workspace?.overlay).toBeUndefined()
  })

  it('has in test the places of that file alone, and for the rest what matchbook.yaml says', async () => {
    const { workspace, problems } = await inTest()
    expect(formatProblems(problems)).toBe('')
    expect(workspace?.overlay).toBe('profiles/test.yaml')
    expect(workspace?.settings).toMatchObject({
      profile: 'test',
      workspace: 'Lakeside',
      state: { folder: 'state-test' },
      'fail-on': 'any',
      endpoints: { erp: { folder: 'drops-test/erp' } },
      partners: {
        medsupply: { name: 'MedSupply Distribution', isa: [{ qualifier: '01', id: '054321987T' }] },
        orthotech: { name: 'OrthoTech Implants' },
      },
      queues: { finance: { owner: 'Testers', calendar: 'office' } },
    })
    // Nobody is told of a test, and nothing of it lies among what is production's, unless the file says so.
    const { notify, metrics, backup } = workspace?.settings ?? {}
    expect({ notify, metrics, backup }).toEqual({})
    expect(workspace?.settings.tolerances).toEqual(
      (await loadWorkspace(folder, options)).workspace?.settings.tolerances,
    )
  })

  it('says of each value which file and line it comes from', async () => {
    const { workspace, main } = await inTest()
    const sources = sourcesBelow(main, workspace?.settings)
    expect(sources).toMatchObject({
      profile: expect.stringMatching(/^profiles\/test\.yaml:/),
      timezone: expect.stringMatching(/^matchbook\.yaml:/),
      'endpoints.erp.folder': 'profiles/test.yaml:3',
      'partners.medsupply.isa.0.id': 'profiles/test.yaml:11',
      'partners.medsupply.name': expect.stringMatching(/^matchbook\.yaml:/),
      'partners.medsupply.tax-exempt': 'default',
      'state.schema': 'default',
    })
  })

  it('validates in an editor, too', async () => {
    const validate = new Ajv({ strict: false }).compile(jsonSchemas().profile)
    expect(validate(parse(readFileSync(path.join(folder, 'profiles', 'test.yaml'), 'utf8')))).toBe(true)
    expect(validate({ state: { folder: 'state-test' }, endpoints: {}, tolerances: [] })).toBe(false)
    expect(validate({ state: { folder: 'state-test' } })).toBe(false)
  })
})

describe('a file of profiles/ is refused, with its line,', () => {
  it.each([
    [
      'when it leaves an endpoint where it is in production',
      overlay('', ['  erp: { kind: local, folder: t/erp }']),
      '2:1  endpoint "medsupply" is missing; expected every endpoint of matchbook.yaml',
    ],
    [
      'when an endpoint is the same folder under another name',
      overlay().replace('drops-test/erp', './drops//erp/'),
      '3:8  the place of endpoint "erp" of matchbook.yaml',
    ],
    [
      'when an endpoint lies within a folder of production',
      overlay().replace('drops-test/ehr', 'drops/ehr/inbound'),
      '7:8  the place of endpoint "ehr" of matchbook.yaml',
    ],
    [
      'when production lies within it',
      overlay().replace('drops-test/erp', 'drops'),
      '3:8  the place of endpoint "erp"',
    ],
    [
      'when its state lies with that of production',
      overlay().replace('state-test', 'state/test'),
      '1:18  "state/test" lies with the state of matchbook.yaml',
    ],
    ['when it says nothing of the state', overlay().replace(/^state.*\n/, ''), '1:1  missing key "state"'],
    [
      'when its metrics take the place of those of production',
      overlay('metrics: { file: ./matchbook.prom }'),
      '9:18  "./matchbook.prom" lies with the metrics of matchbook.yaml',
    ],
    [
      'when its backups lie among those of production',
      overlay('backup: { folder: /mnt/backup/test }'),
      'lies with the backup of matchbook.yaml',
    ],
    ['when it judges otherwise than production', overlay('tolerances: []'), '9:1  unknown key "tolerances"'],
    [
      'when a partner is misspelt',
      overlay('partners: { medsuply: { tax-exempt: false } }'),
      '9:13  no partner "medsuply"; expected one of medsupply, orthotech; did you mean "medsupply"?',
    ],
    [
      'when a value is wrong',
      overlay('partners: { medsupply: { tax-exempt: no } }'),
      '9:38  "no"; expected true or false',
    ],
    [
      'when something between the files does not fit',
      overlay('queues: { finance: { calendar: ofice } }'),
      '9:32  no calendar "ofice"',
    ],
    ['when it is no YAML', 'state: [', 'profiles/test.yaml:1'],
  ])('%s', async (_, text, words) => {
    write(text)
    const { workspace, problems } = await inTest()
    expect(workspace).toBeUndefined()
    expect(formatProblems(problems)).toContain(words)
    expect(problems.map(({ file }) => file)).toEqual(problems.map(() => 'profiles/test.yaml'))
    // validate tells it although production is asked for; a night of production is not stopped by it.
    expect(await told()).toContain(words)
    expect((await loadWorkspace(folder, options)).workspace).toBeDefined()
  })

  it('when a login on a server, or a store in PostgreSQL, is the one of production', async () => {
    const before = readFileSync(path.join(folder, 'matchbook.yaml'), 'utf8')
    const server = (host: string, username: string) =>
      `{ kind: sftp, host: ${host}, username: ${username}, host-key: { known-hosts: keys/known_hosts }, login: { key: { file: keys/erp } } }`
    const store = (schema: string, user = 'matchbook') =>
      `state: { folder: state-x, database: "postgres://${user}@db.lakeside.example/mb?sslmode=verify-full", schema: ${schema} }`
    const erp = / erp: .*$/m
    editMain((text) =>
      text
        .replace(erp, ` erp: ${server('erp.lakeside.example', 'mb')}`)
        .replace(/^state: .*$/m, store('live').replace('state-x', 'state')),
    )
    write(
      overlay()
        .replace(erp, ` erp: ${server('ERP.lakeside.example.', 'mb')}`)
        .replace(/^state: .*$/m, store('live', 'tester')),
    )
    const both = await told()
    expect(both).toContain(
      '3:8  the place of endpoint "erp" of matchbook.yaml; expected another place, or another login',
    )
    expect(both).toContain('the database and schema of matchbook.yaml; expected another schema, or another database')
    write(
      overlay()
        .replace(erp, ` erp: ${server('erp.lakeside.example', 'mb-test')}`)
        .replace(/^state: .*$/m, store('test')),
    )
    expect(await told()).toBe('')
    const keys = 'access-key: { env: A }, secret-key: { env: B }'
    const bucket = (prefix: string) => `\narchive: { s3: { bucket: mb, prefix: ${prefix}, ${keys} } }\n`
    editMain((text) => text + bucket('live'))
    write(`${overlay()}${bucket('live')}`)
    expect(await told()).toContain(
      'the bucket and prefix of matchbook.yaml; expected another prefix, or another bucket',
    )
    writeFileSync(path.join(folder, 'matchbook.yaml'), before)
  })

  it('when nothing would ever read it', async () => {
    write(overlay())
    write('', 'production')
    write('', 'tset')
    expect(await told()).toBe(
      [
        'profiles/production.yaml:1:1  matchbook.yaml itself is of profile production, so this file is not read; expected test.yaml',
        'profiles/tset.yaml:1:1  there is no such profile; expected test.yaml; did you mean "test.yaml"?',
      ].join('\n'),
    )
    for (const name of ['production', 'tset']) rmSync(path.join(folder, 'profiles', `${name}.yaml`))
  })
})

it('a workspace of test has production beside it in the same way', async () => {
  editMain((text) => text.replace('profile: production', 'profile: test'))
  rmSync(path.join(folder, 'profiles', 'test.yaml'))
  await expect(loadWorkspace(folder, { ...options, profile: 'production' })).rejects.toMatchObject({
    code: 'PROFILE-DIFFERS',
  })
  write(overlay(), 'production')
  const { workspace } = await loadWorkspace(folder, { ...options, profile: 'production' })
  expect(workspace?.settings).toMatchObject({ profile: 'production', state: { folder: 'state-test' } })
  expect((await loadWorkspace(folder, options)).workspace?.settings.profile).toBe('test')
})
