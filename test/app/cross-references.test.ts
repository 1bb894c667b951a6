import { writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { silent } from '../../src/app/progress.js'
import { importReferences } from '../../src/app/xref/import-references.js'
import { listReferences, listWaiting, referenceHistory } from '../../src/app/xref/list-references.js'
import { withdrawByHand } from '../../src/app/xref/withdraw-reference.js'
import { verifyAudit } from '../../src/state/index.js'
import { JobNight } from './job-night.js'
import { edit } from './small-night.js'

const night = new JobNight('item-master-sync')
const options = {
  workspace: night.folder,
  dryRun: false,
  progress: silent,
  logLevel: 'silent',
  logFormat: 'text',
} as const
const example = path.join(import.meta.dirname, '..', '..', 'docs', 'cross-references.example.csv')
const head = 'kind,partner,type,identifier,item,company,target,factor,effective_from,effective_to,note'

beforeAll(() => night.make())
afterAll(() => night.remove())

const importFile = (file: string, more: { dryRun?: boolean; as?: string } = {}) =>
  importReferences({ ...options, file, note: undefined, as: 'R. Ortiz', ...more })
const importRows = (...rows: string[]) => importRowsAs('R. Ortiz', ...rows)
const importRowsAs = (as: string, ...rows: string[]) => {
  const file = path.join(night.folder, 'rows.csv')
  writeFileSync(file, [head, ...rows].join('\n'))
  return importFile(file, { as })
}
async function reading<T>(use: (reading: Awaited<ReturnType<typeof openReading>>) => Promise<T>): Promise<T> {
  const open = await openReading(night.folder)
  try {
    return await use(open)
  } finally {
    await open.state.close()
  }
}
const inForce = (identifier: string, asOf: string) =>
  reading((open) => listReferences(open, { identifier, asOf })).then(({ references }) =>
    references.map(({ target }) => target),
  )

describe('a file of cross-references', () => {
  it('is taken, and a second time changes nothing; a dry run leaves nothing', async () => {
    expect((await importFile(example, { dryRun: true })).counts).toMatchObject({ made: 8 })
    expect((await importFile(example)).counts).toEqual({ made: 8, changed: 0, proposed: 0, unchanged: 0, refused: 0 })
    expect((await importFile(example)).counts).toEqual({ made: 0, changed: 0, proposed: 0, unchanged: 8, refused: 0 })
  })

  it('says what held on which day', async () => {
    expect(await inForce('e glove', '2026-06-30')).toEqual(['2077'])
    expect(await inForce('E-GLOVE', '2026-07-01')).toEqual(['2078'])
    expect(await inForce('0312345000103', '2026-07-01')).toEqual(['1001'])
  })

  it('refuses a second meaning for the same day, until the first has ended', async () => {
    const row = 'item,ehr,,E-GLOVE,,,2079,,2026-09-01,,other maker'
    const { rows, exit } = await importRows(row)
    expect(exit).toBe(8)
    expect(rows).toMatchObject([{ line: 2, outcome: 'refused', said: expect.stringContaining('says already') }])
    const ends = 'item,ehr,,E-GLOVE,,,2078,,2026-07-01,2026-08-31,other maker'
    expect((await importRows(row, ends)).counts).toMatchObject({ made: 1, changed: 1, refused: 0 })
    expect(await inForce('E-GLOVE', '2026-08-31')).toEqual(['2078'])
    expect(await inForce('E-GLOVE', '2026-09-01')).toEqual(['2079'])
  })

  it('refuses each wrong row with its line, its column and what to do, and keeps the others', async () => {
    const { rows, counts } = await importRows(
      'itme,orthotek,vendr-item,X,,,1,,,,y',
      'item,orthotech,gtin,00312345000108,,,1001,,,,y',
      'unit,,,BX,,,EA,0,,,y',
      'item,orthotech,vendor-item,OT-1,,,1001,,2026-02-30,,',
      'item,orthotech,vendor-item,OT-1,,,1001,,2026-03-01,2026-02-01,y',
      'item,orthotech,vendor-item,OT-2,,,1001,,,,y',
    )
    expect(counts).toEqual({ made: 1, changed: 0, proposed: 0, unchanged: 0, refused: 5 })
    expect(rows.map(({ line, problems }) => [line, problems.map(({ column, place }) => `${place} ${column}`)])).toEqual(
      [
        [2, ['1 kind', '3 type', '2 partner']],
        [3, ['4 identifier']],
        [4, ['5 item', '8 factor']],
        [5, ['9 effective_from', '11 note']],
        [6, ['10 effective_to']],
        [7, []],
      ],
    )
    expect(rows[0]?.said).toContain('was orthotech meant?')
  })

  it('of other columns, or none, is refused as a whole', async () => {
    const file = path.join(night.folder, 'wrong.csv')
    writeFileSync(file, 'kind,identifer,target\n')
    await expect(importFile(file)).rejects.toThrow(/line 1, column 2: "identifer".*was identifier meant/)
    writeFileSync(file, 'kind,identifier,target\nitem,a\n')
    await expect(importFile(file)).rejects.toThrow('line 2: 2 cells')
  })
})

describe('a cross-reference', () => {
  it('that is withdrawn says nothing any more, and its history says who and why', async () => {
    const [id = ''] = (await reading((open) => listReferences(open, { identifier: 'OT-2' }))).references.map(
      (r) => r.id,
    )
    const withdraw = () => withdrawByHand({ ...options, reference: id, note: 'another plate', as: 'M. Chen' })
    expect(await withdraw()).toMatchObject({ done: true })
    expect(await withdraw()).toMatchObject({ done: false })
    expect(await inForce('OT-2', '2026-11-01')).toEqual([])
    const { changes } = await reading((open) => referenceHistory(open, 'ot2'))
    expect(changes).toMatchObject([
      { action: 'cross-reference made', actor: expect.stringContaining('R. Ortiz'), note: 'y', source: 'rows.csv' },
      { action: 'cross-reference withdrawn', actor: expect.stringContaining('M. Chen'), note: 'another plate' },
    ])
    expect(await reading(({ state }) => verifyAudit(state.database))).toMatchObject({ fault: null })
  })

  it('is made only by who may decide map for its kind', async () => {
    edit(night as never, 'matchbook.yaml', (yaml) => `${yaml}\ndeciders:\n  - { who: [M. Chen], codes: [XREF-ITEM] }\n`)
    const row = 'item,orthotech,vendor-item,OT-3,,,1001,,,,y'
    expect((await importRows(row)).rows).toMatchObject([
      { outcome: 'refused', said: expect.stringContaining('R. Ortiz may not decide map for XREF-ITEM') },
    ])
  })
})

describe('a file that needs two people', () => {
  const item = 'item,orthotech,vendor-item,OT-4,,,1001,,,,y'
  const location = 'location,ehr,,OR-9,,100,OR1,,,,moved'
  const counts = async (as: string, ...rows: string[]) => {
    const { counts, proposedBy } = await importRowsAs(as, ...rows)
    return [
      Object.entries(counts)
        .flatMap(([what, many]) => (many > 0 ? [`${many} ${what}`] : []))
        .join(', '),
      proposedBy,
    ]
  }
  const made = (identifier: string) =>
    reading((open) => listReferences(open, { identifier })).then(({ references }) =>
      references.map(({ madeBy, agreedBy }) => [madeBy, agreedBy]),
    )

  it('beside a limit, which no file can be held against: nothing of it holds before another gives the same bytes', async () => {
    edit(night as never, 'matchbook.yaml', (yaml) =>
      yaml.replace(
        '{ who: [M. Chen], codes: [XREF-ITEM] }',
        '{ who: [R. Ortiz, M. Chen], codes: [XREF-ITEM], up-to: "9" }\n  - { who: [R. Ortiz], codes: [XREF-LOCATION] }',
      ),
    )
    expect(await counts('R. Ortiz', location)).toEqual(['1 made', null])
    const both = [item, location.replace('OR-9', 'OR-10')]
    expect(await counts('R. Ortiz', ...both)).toEqual(['2 proposed', null])
    expect(await counts('r. ortiz', ...both)).toEqual(['2 proposed', null])
    expect(await made('OT-4')).toEqual([])
    const waiting = async () => (await reading(listWaiting)).waiting.map(({ person }) => person)
    expect(await waiting()).toEqual(['R. Ortiz'])
    // Other bytes were proposed by nobody; and who agrees must be allowed to as well.
    expect(await counts('M. Chen', item)).toEqual(['1 proposed', null])
    expect(await waiting()).toEqual(['R. Ortiz', 'M. Chen'])
    expect(await counts('M. Chen', ...both)).toEqual(['1 made, 1 refused', 'R. Ortiz'])
    expect(await waiting()).toEqual(['M. Chen'])
    expect(await made('OT-4')).toEqual([['R. Ortiz', 'M. Chen']])
    expect(await made('OR-10')).toEqual([])
    expect(await counts('R. Ortiz', item)).toEqual(['1 unchanged', 'M. Chen'])
  })

  it('where there are roles, whoever gives it', async () => {
    const me = userInfo().username
    edit(
      night as never,
      'matchbook.yaml',
      (yaml) => `${yaml.slice(0, yaml.indexOf('\ndeciders:'))}\nroles:\n  all: { users: [${me}], may: [all] }\n`,
    )
    const row = item.replace('OT-4', 'OT-5')
    expect(await counts('R. Ortiz', row)).toEqual(['1 proposed', null])
    expect(await counts('M. Chen', row)).toEqual(['1 made', 'R. Ortiz'])
    expect(await made('OT-5')).toEqual([['R. Ortiz', 'M. Chen']])
    const [entry] = await reading(({ state }) =>
      state.database
        .selectFrom('audit')
        .selectAll()
        .where('action', '=', 'cross-reference made')
        .orderBy('sequence', 'desc')
        .execute(),
    )
    expect(JSON.parse(entry?.detail ?? '')).toMatchObject({ madeBy: 'R. Ortiz', agreedBy: 'M. Chen' })
    expect(await reading(({ state }) => verifyAudit(state.database))).toMatchObject({ fault: null })
  })
})
