import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { importByHand } from '../../src/app/deciding/import-by-hand.js'
import { exceptionId } from '../../src/app/exceptions/list-exceptions.js'
import { exportExceptions } from '../../src/app/report/export-exceptions.js'
import { partOfName } from '../../src/app/report/workbook-files.js'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import { unsettled } from '../../src/exceptions/index.js'
import type { StoredException } from '../../src/state/index.js'
import fc from '../properties.js'
import { Edited, headerRow } from './decided-workbook.js'
import { asOf, DemoNight, job } from './demo-night.js'

let night: DemoNight
let outcome: RunOutcome
let open: StoredException[]
let owners: Readonly<Record<string, { readonly owner: string }>>

beforeAll(async () => {
  night = await DemoNight.lay(11)
  const file = path.join(night.folder, 'jobs', `${job}.yaml`)
  const settings = parse(readFileSync(file, 'utf8'))
  settings.report['one-per'] = 'owner'
  writeFileSync(file, stringify(settings))
  outcome = await night.run()
  open = (await night.exceptions()).filter(({ status }) => unsettled.includes(status))
  owners = await night.with(async ({ workspace }) => workspace.settings.queues)
}, 120_000)
afterAll(() => night.remove())

/** Ids of the exceptions in a workbook, whatever its sheets are called. */
async function idsIn(file: string): Promise<string[]> {
  const { book } = await Edited.open(file)
  return book.worksheets.flatMap((sheet) => {
    const column = headerRow(sheet).get('Exception')
    const ids: string[] = []
    if (column !== undefined)
      sheet.eachRow((row) => {
        const id = row.getCell(column).text
        if (/^EX-\d+$/.test(id)) ids.push(id)
      })
    return ids
  })
}
const idsOf = (some: readonly StoredException[]): string[] => some.map(({ id }) => exceptionId(id)).sort()

describe('a night with a workbook for each owner', () => {
  it('writes one for each who has something to decide, beside the whole, under names that hold no blank', () => {
    const { workbook, workbooks = [] } = outcome.runs[0] ?? {}
    const folder = path.dirname(workbook ?? '')
    const expected = [...new Set(open.map(({ queue }) => owners[queue]?.owner))].sort()
    expect(workbooks.map(({ name }) => name)).toEqual(expected)
    expect(readdirSync(folder)).toContain(`receipt-to-invoice-accounts-payable-${asOf}.xlsx`)
    expect(readdirSync(folder).every((name) => /^[a-z0-9.-]+$/.test(name))).toBe(true)
  })

  it('has each exception in the workbook of its owner and in no other', async () => {
    for (const { name, workbook } of outcome.runs[0]?.workbooks ?? [])
      expect((await idsIn(workbook)).sort(), name).toEqual(
        idsOf(open.filter(({ queue }) => owners[queue]?.owner === name)),
      )
  })

  it('shows an owner no sheet of others, of matched lines or of files', async () => {
    const contracts = outcome.runs[0]?.workbooks?.find(({ name }) => name.startsWith('Contracts'))
    const { book } = await Edited.open(contracts?.workbook ?? '')
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      'Summary',
      'Clusters',
      'Contracts',
      'Evidence',
      'Control totals',
      'How to read',
      'Lists',
      'Matchbook',
    ])
    expect(book.getWorksheet('Summary')?.getCell('A1').text).toMatch(/, Contracts and value analysis$/)
  })

  it('takes decisions back from the workbook of an owner', async () => {
    const contracts = outcome.runs[0]?.workbooks?.find(({ name }) => name.startsWith('Contracts'))
    const edited = await Edited.open(contracts?.workbook ?? '')
    const one = open.find(({ queue, code }) => queue === 'contracts' && code === 'INV-PRICE')
    const decided = { Decision: 'dispute', Note: 'asked the supplier', 'Decided by': 'M. Chen' }
    edited.fill('Contracts', 'Exception', exceptionId(one?.id ?? 0), decided)
    const file = await edited.save(path.join(night.folder, 'back.xlsx'))
    const request = { file, allOrNothing: false, as: undefined, returned: undefined }
    const { counts } = await importByHand({ ...night.options(), ...request })
    expect(counts).toMatchObject({ decided: 1, refused: 0 })
  })
})

describe('exceptions export', () => {
  it('writes the workbook of one facility, with the causes that are in it as a whole alone', async () => {
    const out = path.join(night.folder, 'lksm.xlsx')
    const request = { job, out, owner: undefined, facility: 'lksm' }
    const { exceptions } = await night.with((tools) => exportExceptions(tools, request))
    const there = (await night.exceptions()).filter(({ status }) => unsettled.includes(status))
    const own = there.filter(({ keys }) => keys.facility === 'LKSM')
    expect(exceptions).toBe(own.length)
    expect((await idsIn(out)).sort()).toEqual(idsOf(own))
  })

  it('says of whom something is open when the owner is not among them', async () => {
    const request = { job, out: undefined, owner: 'Nobody', facility: undefined }
    await expect(night.with((tools) => exportExceptions(tools, request))).rejects.toMatchObject({
      code: 'USAGE',
      hint: expect.stringContaining('Accounts payable'),
    })
  })
})

describe('the part of a file name that stands for an owner', () => {
  // Also such as differ in nothing but capitals and blanks.
  const names = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[aAbB][ab -]{0,2}$/))

  it('is taken by every file system, and two owners never share one', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        for (const kind of ['owner', 'facility'] as const) {
          expect(partOfName({ kind, name: a })).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
          if (a !== b) expect(partOfName({ kind, name: a })).not.toBe(partOfName({ kind, name: b }))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('is the name itself where it can be', () => {
    expect(partOfName({ kind: 'owner', name: 'Accounts payable' })).toBe('accounts-payable')
    expect(partOfName({ kind: 'facility', name: 'LKSM' })).toBe('lksm')
    expect(partOfName({ kind: 'owner', name: 'Café/Küche' })).toMatch(/^cafe-kuche-[0-9a-f]{6}$/)
  })
})
