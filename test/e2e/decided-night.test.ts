import { readFileSync } from 'node:fs'
import path from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportOutcome } from '../../src/app/deciding/import-by-hand.js'
import type { ExceptionList } from '../../src/app/list-exceptions.js'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import { Edited } from '../app/decided-workbook.js'
import { LibreOffice } from '../outputs/report/libreoffice.js'
import type { Found } from './expected.js'
import { inbound } from './finished-night.js'
import { matchbook, matchbookJson } from './matchbook.js'
import { asOf, type NightWorkspace, nightWorkspace } from './night-workspace.js'

const office = new LibreOffice()
let night: NightWorkspace
let first: RunOutcome['runs'][number] | undefined

const run = async () =>
  (await matchbookJson<RunOutcome>(['run', '--all', '--as-of', asOf], { cwd: night.folder })).json.runs[0]
const exceptions = async (...flags: string[]): Promise<readonly Found[]> =>
  (await matchbookJson<ExceptionList>(['exceptions', 'list', ...flags], { cwd: night.folder })).json.exceptions
const bring = (file: string) =>
  matchbookJson<ImportOutcome>(['exceptions', 'import', file, '--as', 'Importer'], { cwd: night.folder })

/** Numbers of the invoices in a load. */
async function numbersIn(file: string): Promise<string> {
  const zip = await JSZip.loadAsync(readFileSync(path.join(night.server.root, 'erp', 'inbound', file)))
  return (await zip.file('ApInvoicesInterface.csv')?.async('string')) ?? ''
}

beforeAll(async () => {
  night = await nightWorkspace(17)
  first = await run()
}, 180_000)
afterAll(async () => {
  await office.close()
  await night?.stop()
})

describe('a night that is decided in a workbook', () => {
  it('goes out in the next load, once, with what was decided in LibreOffice by way of .ods', async () => {
    const open = await exceptions('--code', 'INV-PRICE')
    const others = (await exceptions()).filter(({ code }) => code !== 'INV-PRICE' && code !== 'INV-TERMS')
    const alone = open.filter(({ keys }) => !others.some((other) => other.keys.invoice === keys.invoice))
    const [paid, disputed] = alone.filter(
      (one) => open.filter(({ keys }) => keys.invoice === one.keys.invoice).length === 1,
    )
    if (paid === undefined || disputed === undefined)
      throw new Error('the night has no two invoices held by their price alone')

    const workbook = await Edited.open(first?.workbook ?? '')
    const decision = { 'Decided by': 'R. Ortiz', Note: 'PO price confirmed by the buyer' }
    workbook.fill('Contracts', 'Exception', paid.id, { ...decision, Decision: 'short-pay' })
    workbook.fill('Contracts', 'Exception', disputed.id, { ...decision, Decision: 'dispute' })
    const given = await workbook.save(path.join(night.folder, 'given back.xlsx'))
    const saved = await office.convert(await office.convert(given, 'ods'), 'xlsx')

    const { exit, json } = await bring(saved)
    expect(json.rows.filter(({ outcome }) => outcome === 'refused')).toEqual([])
    expect({ exit, counts: json.counts }).toMatchObject({ exit: 0, counts: { decided: 2 } })
    expect((await bring(saved)).json).toMatchObject({ repeated: true })

    const before = Object.keys(inbound(night.server))
    const second = await run()
    expect(second?.invoices?.released?.count).toBe(1)
    const [file, ...more] = Object.keys(inbound(night.server)).filter((name) => !before.includes(name))
    expect(more).toEqual([])
    expect(await numbersIn(file ?? '')).toContain(paid.keys.invoice)
    expect(await numbersIn(file ?? '')).not.toContain(disputed.keys.invoice)
    expect(readFileSync(second?.holdList ?? '', 'utf8')).toContain(
      'dispute by R. Ortiz: PO price confirmed by the buyer',
    )

    const third = await run()
    expect(third?.loads ?? []).toEqual([])
    expect(Object.keys(inbound(night.server)).length).toBe(before.length + 1)
    const shown = await matchbook(['exceptions', 'show', paid.id], { cwd: night.folder })
    expect(shown.stdout).toContain('Decided: short-pay by R. Ortiz')
    expect((await matchbook(['audit', 'verify'], { cwd: night.folder })).stdout).toContain('The audit chain is whole')
  })
})
