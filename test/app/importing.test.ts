import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ImportRequest, importByHand } from '../../src/app/deciding/import-by-hand.js'
import { importWorkbook } from '../../src/app/deciding/import-workbook.js'
import { exceptionId } from '../../src/app/exceptions/list-exceptions.js'
import type { StoredException } from '../../src/state/index.js'
import { LibreOffice } from '../outputs/report/libreoffice.js'
import { Edited, headerRow, openWorkbookOf, priceTroubles, settleNight } from './decided-workbook.js'
import { edit, options, smallNight, sql } from './small-night.js'
import type { X12Workspace } from './x12-workspace.js'

const office = new LibreOffice()
let workspace: X12Workspace
let original: string
/** As they stood when the workbook was written; the order of the numbers. */
let open: StoredException[]
/** Found only after the workbook was written. */
let at = 0

const scratch = (name: string): string => path.join(workspace.folder, 'workbooks', name)
const invoice = (n: number): string => `MS-${n}`
const idOf = (n: number): string => exceptionId(open.find(({ keys }) => keys.invoice === invoice(n))?.id ?? 0)
const now = async (n: number) => (await workspace.exceptions()).find(({ keys }) => keys.invoice === invoice(n))
const bring = (file: string, more: Partial<ImportRequest> = {}) =>
  importByHand({ ...options(workspace), file, allOrNothing: false, as: 'Importer', returned: undefined, ...more })
const outcomes = ({ rows }: { rows: Awaited<ReturnType<typeof bring>>['rows'] }) =>
  rows.map(({ exception, outcome, said }) => `${exception} ${outcome}: ${said}`)

/** The workbook as somebody gives it back. */
async function edited(change: (workbook: Edited) => void): Promise<string> {
  const workbook = await Edited.open(original)
  change(workbook)
  at += 1
  return workbook.save(scratch(`edited-${at}.xlsx`))
}
const decided = (workbook: Edited, n: number, decision: string, more: Record<string, string> = {}) =>
  workbook.fill('Contracts', 'Invoice', invoice(n), { Decision: decision, 'Decided by': 'R. Ortiz', ...more })

beforeAll(async () => {
  workspace = await smallNight()
  await workspace.with(async (tools) => {
    const shared = priceTroubles(4, 41, { item: '20777' })
    await settleNight(tools, [...priceTroubles(30), ...shared], '2026-11-20T08:00:00Z')
    original = scratch('night.xlsx')
    open = await openWorkbookOf(tools, original)
  })
}, 60_000)
afterAll(async () => {
  await office.close()
  workspace?.remove()
})

describe('a workbook that comes back', () => {
  it('is taken row by row, found by token and header wherever people moved them, with who, why and the assignee', async () => {
    const file = await edited((workbook) => {
      decided(workbook, 1, 'short-pay', { Note: 'PO price confirmed', Assignee: 'M. Chen' })
      workbook.fill('Contracts', 'Invoice', invoice(2), { Decision: 'dispute', Assignee: 'M. Chen' })
      workbook.fill('Contracts', 'Invoice', invoice(3), { Assignee: 'M. Chen', Note: '=called, waits' })
      workbook.fill('Contracts', 'Invoice', invoice(4), { Decision: 'accept-price' })
      const sheet = workbook.sheet('Contracts')
      sheet.name = 'Von uns'
      sheet.spliceColumns(1, 0, [], [])
      sheet.spliceRows(1, 0, ['our notes'], [])
      sheet.getRow(12).hidden = true
      sheet.getColumn(3).hidden = true
    })
    const result = await bring(file)
    expect(result).toMatchObject({ exit: 0, repeated: false, counts: { decided: 3, assigned: 1, refused: 0 } })
    expect(await now(1)).toMatchObject({
      status: 'decided',
      assignee: 'M. Chen',
      note: 'PO price confirmed',
      decision: { decision: 'short-pay', decidedBy: 'R. Ortiz', via: 'edited-1.xlsx' },
    })
    expect((await now(2))?.decision).toMatchObject({ decision: 'dispute', decidedBy: 'M. Chen' })
    expect(await now(3)).toMatchObject({ status: 'new', version: 1, assignee: 'M. Chen', note: '=called, waits' })
    expect((await now(4))?.decision).toMatchObject({ decision: 'accept-price', decidedBy: 'Importer' })
  })

  it('changes nothing a second time, nor when a spreadsheet program saved it anew', async () => {
    const file = scratch('edited-1.xlsx')
    const before = await workspace.exceptions()
    expect(await bring(file)).toMatchObject({ repeated: true, exit: 0, returned: null })
    const saved = await office.convert(file, 'xlsx')
    expect(readFileSync(saved).equals(readFileSync(file))).toBe(false)
    expect(await bring(saved)).toMatchObject({
      repeated: false,
      exit: 0,
      counts: { unchanged: 3, decided: 0, refused: 0 },
    })
    expect(await workspace.exceptions()).toEqual(before)
  })

  it.each([['xlsx'], ['ods']] as const)('may have been saved by LibreOffice, also by way of %s', async (by) => {
    const n = by === 'ods' ? 6 : 5
    const file = await edited((workbook) =>
      decided(workbook, n, 'short-pay', { Note: `by way of ${by}`, 'Rule until': '' }),
    )
    const there = await office.convert(file, by)
    const saved = by === 'xlsx' ? there : await office.convert(there, 'xlsx')
    if (by === 'ods') {
      await expect(bring(there)).rejects.toMatchObject({
        code: 'WORKBOOK-REFUSED',
        message: 'it is an OpenDocument file: open it and save it as .xlsx',
      })
    }
    expect(await bring(saved)).toMatchObject({ exit: 0, counts: { decided: 1, refused: 0 } })
    expect(await now(n)).toMatchObject({ status: 'decided', note: `by way of ${by}` })
  })

  it('is judged to the end in a dry run, which keeps nothing', async () => {
    const file = await edited((workbook) => decided(workbook, 7, 'dispute'))
    expect(await bring(file, { dryRun: true })).toMatchObject({ dryRun: true, counts: { decided: 1 }, returned: null })
    expect(await now(7)).toMatchObject({ status: 'new', version: 1 })
    expect((await bring(file)).counts.decided).toBe(1)
  })

  it('is taken whole or not at all where that is asked for, and can be brought again once it is mended', async () => {
    const both = (second: string) => (workbook: Edited) => {
      decided(workbook, 8, 'dispute')
      decided(workbook, 9, second)
    }
    const refused = await bring(await edited(both('pay')), { allOrNothing: true })
    expect(refused).toMatchObject({ applied: false, exit: 8, counts: { decided: 0, refused: 2 } })
    expect(outcomes(refused)).toEqual([
      expect.stringContaining('"pay" is not a decision'),
      `${idOf(8)} refused: not taken, because another row was refused (all or nothing): dispute by R. Ortiz`,
    ])
    expect([(await now(8))?.status, (await now(9))?.status]).toEqual(['new', 'new'])
    const mended = await bring(await edited(both('dispute')), { allOrNothing: true })
    expect(mended).toMatchObject({ applied: true, exit: 0, counts: { decided: 2 } })
  })

  it('settles with one row all that share a cause, except what has a decision of its own', async () => {
    const file = await edited((workbook) => {
      workbook.fill('Clusters', 'Exceptions', '4', {
        Decision: 'accept-price',
        'Decided by': 'R. Ortiz',
        Note: 'new price',
      })
      decided(workbook, 43, 'dispute')
    })
    expect((await bring(file)).counts).toMatchObject({ decided: 4, refused: 0 })
    const found = await Promise.all([41, 42, 43, 44].map(async (n) => (await now(n))?.decision?.decision))
    expect(found).toEqual(['accept-price', 'accept-price', 'dispute', 'accept-price'])
    expect((await now(41))?.decision?.via).toMatch(/^cluster CL-[0-9a-f]{10} in edited-/)
    const late = await edited((workbook) =>
      workbook.fill('Clusters', 'Exceptions', '4', { Decision: 'dispute', 'Decided by': 'R. Ortiz' }),
    )
    expect(outcomes(await bring(late))[0]).toContain('out of date: no two open exceptions share this cause any more')
  })
})

describe('a row is refused', () => {
  const refusal = async (change: (workbook: Edited) => void, more: Partial<ImportRequest> = {}) => {
    const result = await bring(await edited(change), more)
    expect(result.exit).toBe(4)
    return outcomes(result).filter((said) => said.includes('refused'))
  }
  const cellOf = (workbook: Edited, n: number, header: string) => {
    const sheet = workbook.sheet('Contracts')
    const headers = headerRow(sheet)
    let found = sheet.getCell('A1')
    sheet.eachRow((row) => {
      if (row.getCell(headers.get('Invoice') ?? 0).text === invoice(n)) found = row.getCell(headers.get(header) ?? 0)
    })
    return found
  }

  it('when its decision is not on the list of the code', async () => {
    expect(await refusal((workbook) => decided(workbook, 10, 'waive'))).toEqual([
      `${idOf(10)} refused: "waive" is not a decision for INV-PRICE; it allows accept-price, short-pay, dispute`,
    ])
  })

  it('when the exception has changed since the workbook was written', async () => {
    await workspace.with(async (tools) => {
      const more = priceTroubles(30).map((finding) =>
        finding.keys.invoice === invoice(11)
          ? { ...finding, values: { ...finding.values, 'billed price': '13.00' } }
          : finding,
      )
      await settleNight(tools, [...more, ...priceTroubles(4, 41, { item: '20777' })], '2026-11-21T08:00:00Z')
    })
    expect(await refusal((workbook) => decided(workbook, 11, 'dispute'))).toEqual([
      `${idOf(11)} refused: the row is out of date: the exception has changed since, it is open now`,
    ])
    // What did not change is still what the workbook speaks of, a night later.
    expect(await bring(await edited((workbook) => decided(workbook, 12, 'dispute')))).toMatchObject({ exit: 0 })
  })

  it('when somebody else has decided otherwise since', async () => {
    expect(await refusal((workbook) => decided(workbook, 12, 'short-pay'))).toEqual([
      `${idOf(12)} refused: the row is out of date: the exception has changed since: dispute was decided by R. Ortiz; reopen it first`,
    ])
  })

  it('when there is no such exception, or its token is of another workspace', async () => {
    const token = (change: (old: string) => string) => (workbook: Edited) => {
      decided(workbook, 13, 'dispute')
      const cell = cellOf(workbook, 13, 'Row token')
      cell.value = change(cell.text)
    }
    const unknown = await refusal(token((old) => old.replace(/^\d+/, '99999')))
    expect(unknown).toEqual(['EX-099999 refused: there is no such exception in this workspace'])
    const foreign = await refusal(token((old) => old.replace(/\.[0-9a-f]{12}\./, '.0123456789ab.')))
    expect(foreign).toEqual([`${idOf(13)} refused: there is no such exception in this workspace`])
  })

  it('when its token is damaged, or it has none', async () => {
    const damaged = await refusal((workbook) => {
      decided(workbook, 13, 'dispute')
      cellOf(workbook, 13, 'Row token').value = 'x'
    })
    expect(damaged).toEqual(['null refused: the token of the row was changed'])
    const none = await refusal((workbook) => {
      decided(workbook, 13, 'dispute')
      cellOf(workbook, 13, 'Row token').value = null
    })
    expect(none[0]).toContain('the row has no token')
  })

  it('when it stands there twice', async () => {
    const twice = await refusal((workbook) => {
      decided(workbook, 14, 'dispute')
      const sheet = workbook.sheet('Contracts')
      sheet.addRow(sheet.getRow(Number(cellOf(workbook, 14, 'Invoice').row)).values)
    })
    expect(twice).toHaveLength(2)
    expect(twice[0]).toMatch(/the same exception stands in Contracts row \d+ and Contracts row \d+/)
  })

  it.each(['At risk', 'Code', 'Invoice', 'What is wrong', 'Supplier', 'Exception'])(
    'when a cell was changed that is to be read only: %s',
    async (header) => {
      const changed = await refusal((workbook) => {
        decided(workbook, 15, 'dispute', { 'Decided by': 'R. Ortiz' })
        // Last: the row is found by its invoice.
        cellOf(workbook, 15, header).value = header === 'At risk' ? 0.01 : 'something else'
      })
      expect(changed).toEqual([`${idOf(15)} refused: read-only cells were changed: ${header}`])
    },
  )

  it('when an input holds a formula', async () => {
    const formula = await refusal((workbook) => {
      decided(workbook, 16, 'dispute')
      cellOf(workbook, 16, 'Decision').value = { formula: '"dis"&"pute"', result: 'dispute' }
    })
    expect(formula).toEqual([`${idOf(16)} refused: Decision holds a formula; write the value`])
  })

  it('when a rule is asked for without a decision, or with a day that is none', async () => {
    const lone = await refusal((workbook) =>
      workbook.fill('Contracts', 'Invoice', invoice(16), { 'Rule until': '2027-01-31' }),
    )
    expect(lone).toEqual([`${idOf(16)} refused: Rule until without a Decision`])
    const never = await refusal((workbook) => decided(workbook, 16, 'dispute', { 'Rule until': 'for ever' }))
    expect(never).toEqual([`${idOf(16)} refused: "for ever" is not a date; write it as yyyy-MM-dd`])
  })

  it('when nobody is named, in a workbook that came by a drop', async () => {
    const file = await edited((workbook) => workbook.fill('Contracts', 'Invoice', invoice(16), { Decision: 'dispute' }))
    const { imported } = await workspace.with(({ state: { database }, workspace: { settings } }) =>
      importWorkbook(
        database,
        file,
        { name: 'dropped.xlsx' },
        { deciders: [], settings, now: '2026-11-21T09:00:00Z', today: '2026-11-21' },
        { allOrNothing: false },
      ),
    )
    expect(outcomes(imported)).toEqual([`${idOf(16)} refused: nobody is named who decides`])
  })

  it('when the person may not decide it; over the limit it is proposed, and a second workbook agrees', async () => {
    edit(workspace, 'matchbook.yaml', (yaml) => `${yaml}\ndeciders:\n  - { who: [R. Ortiz, M. Chen], up-to: "24" }\n`)
    const stranger = await refusal((workbook) => decided(workbook, 17, 'dispute', { 'Decided by': 'Somebody' }))
    expect(stranger).toEqual([`${idOf(17)} refused: Somebody may not decide dispute for INV-PRICE`])
    const proposed = await bring(await edited((workbook) => decided(workbook, 25, 'short-pay')))
    expect(proposed.counts).toMatchObject({ proposed: 1, refused: 0 })
    const next = scratch('second.xlsx')
    await workspace.with((tools) => openWorkbookOf(tools, next))
    const second = await Edited.open(next)
    expect(second.read('Contracts', 'Invoice', invoice(25), 'Proposed')).toBe('short-pay by R. Ortiz')
    second.fill('Contracts', 'Invoice', invoice(25), { Decision: 'short-pay', 'Decided by': 'M. Chen' })
    expect((await bring(await second.save(scratch('second-edited.xlsx')))).counts).toMatchObject({ agreed: 1 })
    expect(await now(25)).toMatchObject({ status: 'decided', decision: { decidedBy: 'R. Ortiz', agreedBy: 'M. Chen' } })
  })

  it('and comes back in a copy with the reason beside it, which can be mended and brought again', async () => {
    const copy = scratch('result.xlsx')
    const file = await edited((workbook) => {
      decided(workbook, 18, 'dispute')
      decided(workbook, 19, 'pay', { Note: 'please' })
      workbook.sheet('Contracts').addRow(['', '', '', '', '', '', '', '', '', '', '', 'dispute'])
    })
    const result = await bring(file, { returned: copy })
    expect(result).toMatchObject({ returned: copy, counts: { decided: 1, refused: 2 } })
    const returned = await Edited.open(copy)
    expect(returned.read('Returned', 'Invoice', invoice(18), 'Result')).toBe('decided: dispute by R. Ortiz')
    expect(returned.read('Returned', 'Invoice', invoice(18), 'Decision')).toBe('')
    expect(returned.read('Returned', 'Invoice', invoice(19), 'Result')).toContain(
      '"pay" is not a decision for INV-PRICE',
    )
    expect(returned.read('Returned', 'Invoice', invoice(19), 'Note')).toBe('please')
    expect(returned.sheet('Not taken').getRow(5).getCell(6).text).toContain('the row has no token')
    returned.fill('Returned', 'Invoice', invoice(19), { Decision: 'short-pay' })
    expect(await bring(await returned.save(scratch('mended.xlsx')))).toMatchObject({
      exit: 0,
      counts: { decided: 1, refused: 0 },
    })
    expect(await now(19)).toMatchObject({ status: 'decided', note: 'please' })
  })
})

describe('a sheet or file is refused', () => {
  it('when a column is gone or there twice', async () => {
    const gone = await bring(
      await edited((workbook) => {
        decided(workbook, 20, 'dispute')
        const sheet = workbook.sheet('Contracts')
        sheet.spliceColumns(headerRow(sheet).get('Row token') ?? 0, 1)
      }),
    )
    expect(gone.unusable).toEqual([{ sheet: 'Contracts', said: 'its column Row token is missing' }])
    expect(gone.exit).toBe(4)
    const twice = await bring(
      await edited((workbook) => {
        const sheet = workbook.sheet('Contracts')
        sheet.getRow(4).getCell(40).value = 'Decision'
      }),
    )
    expect(twice.unusable).toEqual([{ sheet: 'Contracts', said: 'it has 2 columns named Decision' }])
  })

  it('when it is of another version, or none of ours', async () => {
    const other = await edited((workbook) => {
      workbook.sheet('Matchbook').getCell('B1').value = '1'
    })
    await expect(bring(other)).rejects.toMatchObject({
      code: 'WORKBOOK-REFUSED',
      message: /another version of Matchbook/,
    })
    const none = await edited((workbook) => workbook.book.removeWorksheet('Matchbook'))
    await expect(bring(none)).rejects.toMatchObject({
      code: 'WORKBOOK-REFUSED',
      message: /it is not one that Matchbook wrote/,
    })
    writeFileSync(scratch('text.xlsx'), 'Decision;Row token\n')
    await expect(bring(scratch('text.xlsx'))).rejects.toMatchObject({ code: 'WORKBOOK-REFUSED' })
  })
})

describe('a workbook that is put into a drop', () => {
  it('is taken in by the next run before it settles, and its copy goes back through the outbox', async () => {
    const drops = path.join(workspace.folder, 'drops', 'erp')
    for (const folder of ['decided', 'returned']) mkdirSync(path.join(drops, folder), { recursive: true })
    edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
      yaml.replace(
        'report:\n',
        `decisions:
  from: [{ endpoint: erp, folder: decided, include: ["*.xlsx"], stable-seconds: 0, after: remove }]
  return-to: { endpoint: erp, folder: returned }
report:
`,
      ),
    )
    const file = await edited((workbook) => {
      decided(workbook, 21, 'dispute')
      decided(workbook, 22, 'pay')
    })
    writeFileSync(path.join(drops, 'decided', 'from the dock.xlsx'), readFileSync(file))
    writeFileSync(path.join(drops, 'decided', 'holiday.xlsx'), 'no workbook')
    await workspace.run()
    expect(sql(workspace, 'SELECT decision, via, decided_by FROM decisions ORDER BY id DESC LIMIT 1')).toEqual([
      { decision: 'dispute', via: 'from the dock.xlsx', decided_by: 'R. Ortiz' },
    ])
    const files = sql(workspace, "SELECT name, disposition, reason FROM files WHERE input = 'decisions' ORDER BY name")
    expect(files).toEqual([
      { name: 'from the dock.xlsx', disposition: 'read', reason: '1 decided, 1 refused' },
      { name: 'holiday.xlsx', disposition: 'quarantined', reason: expect.stringContaining('not a workbook') },
    ])
    expect(readdirSync(path.join(drops, 'decided'))).toEqual([])
    const [name = '', ...others] = readdirSync(path.join(drops, 'returned'))
    expect([name, others]).toEqual([expect.stringMatching(/^from the dock-returned-[0-9a-f]{8}\.xlsx$/), []])
    const copy = await Edited.open(path.join(drops, 'returned', name))
    expect(copy.read('Returned', 'Invoice', invoice(22), 'Result')).toContain('refused: "pay" is not a decision')
    const unread = (await workspace.exceptions()).filter(
      ({ code, status }) => code === 'FILE-UNREADABLE' && status === 'new',
    )
    expect(unread.map(({ keys }) => keys.file)).toEqual(['holiday.xlsx'])
  })
})
