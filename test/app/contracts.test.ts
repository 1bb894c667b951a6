import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveContract } from '../../src/app/contracts/approve-contract.js'
import { checkFile } from '../../src/app/contracts/check-file.js'
import { diffContracts } from '../../src/app/contracts/diff-contract.js'
import { listContracts } from '../../src/app/contracts/list-contracts.js'
import { withReading } from '../../src/app/open-workspace.js'
import { edit, options, smallNight, sql } from './small-night.js'
import type { X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
const drop = () => path.join(workspace.folder, 'drops', 'erp', 'lawson', 'extracts')
const contractFile = () => path.join(workspace.folder, 'templates', 'extracts', 'lawson-receipts.yaml')
const put = (name: string, text: string) => {
  mkdirSync(drop(), { recursive: true })
  writeFileSync(path.join(drop(), name), text)
}
const header = 'COMPANY|REC_NUMBER|REC_LINE|PO_NUMBER|PO_RELEASE|LINE_NBR|REC_QTY|ENT_REC_UOM|REC_DATE'
const line = (n: number, date = '11/27/2026') => `10|R${n}|1|12045${n}|0000|1|5|EA|${date}\n`
const receipts = (head: string, records: string[]) =>
  `${head}\n${records.join('')}TRL|${records.length}|${records.length * 5}\n`
const diff = (contract?: string) =>
  withReading(workspace.folder, (reading) => diffContracts(reading, { contract, version: undefined }))
const approve = (reason: string, dryRun = false) =>
  approveContract({
    ...options(workspace, dryRun),
    contract: 'lawson-receipts',
    reason,
    as: 'R. Ortiz',
    version: undefined,
  })
const dispositionOf = (name: string) =>
  sql(workspace, `SELECT disposition FROM files WHERE name = '${name}'`)[0]?.disposition
const approvals = () =>
  sql(workspace, "SELECT actor, detail FROM audit WHERE action = 'contract approved' ORDER BY sequence")

beforeAll(async () => {
  workspace = await smallNight()
}, 60_000)
afterAll(() => workspace.remove())

describe('an extract whose layout has changed', () => {
  it('is in quarantine after the night; the last good one serves', async () => {
    put('PORECLINE_20261127.txt', receipts(header, [line(1), line(2)]))
    await workspace.run()
    expect(dispositionOf('PORECLINE_20261127.txt')).toBe('read')
    put(
      'PORECLINE_20261128.txt',
      receipts(
        `${header.replace('ENT_REC_UOM', 'ENTERED_UOM')}|SHIFT`,
        Array.from({ length: 25 }, (_, n) => line(n, '2026-11-28').replace('\n', '|D\n')),
      ),
    )
    await workspace.run()
    expect(dispositionOf('PORECLINE_20261128.txt')).toBe('quarantined')
  })

  it('contracts diff says what differs and what would make it fit, what shows only then too', async () => {
    const { contracts, exit } = await diff('lawson-receipts')
    expect(exit).toBe(3)
    expect(contracts[0]?.drift.map(({ kind, column, harmful }) => [kind, column, harmful])).toEqual([
      ['missing', 'ENT_REC_UOM', true],
      ['new', 'ENTERED_UOM', false],
      ['new', 'SHIFT', false],
      ['retyped', 'REC_DATE', true],
    ])
    expect(contracts[0]?.proposed.map(({ change }) => change)).toEqual([
      { kind: 'rename', column: 'ENT_REC_UOM', to: 'ENTERED_UOM' },
      { kind: 'add', column: { name: 'SHIFT', kind: 'text', optional: true } },
      { kind: 'rewrite', column: 'REC_DATE', settings: { formats: ['%m/%d/%Y', '%Y-%m-%d'] } },
    ])
  })

  it('a dry run of the approval leaves nothing; the approval changes these lines alone, with who and why in the audit chain', async () => {
    const before = readFileSync(contractFile(), 'utf8')
    await approve('Lawson 10.0.9', true)
    expect(readFileSync(contractFile(), 'utf8')).toBe(before)
    expect(approvals()).toEqual([])

    const approved = await approve('Lawson 10.0.9')
    expect(approved).toMatchObject({ done: true, written: contractFile() })
    const after = readFileSync(contractFile(), 'utf8').split('\n')
    expect(after.filter((text) => !before.split('\n').includes(text))).toHaveLength(4)
    expect(approvals()).toEqual([
      { actor: expect.stringContaining('R. Ortiz (as '), detail: expect.stringContaining('"reason":"Lawson 10.0.9"') },
    ])
    expect(await approve('again')).toMatchObject({ done: false })
    expect(approvals()).toHaveLength(1)
  })

  it('is taken by the next night', async () => {
    await workspace.run()
    expect(dispositionOf('PORECLINE_20261128.txt')).toBe('read')
    const { contracts, exit } = await diff('lawson-receipts')
    expect(exit).toBe(0)
    expect(contracts[0]).toMatchObject({ drift: [], differences: [], approved: { reason: 'Lawson 10.0.9' } })
    const listed = await withReading(workspace.folder, (reading) => listContracts(reading, { all: false }))
    expect(listed.contracts.find(({ name }) => name === 'lawson-receipts')?.lastFile).toMatchObject({
      name: 'PORECLINE_20261128.txt',
      disposition: 'read',
      drift: [],
    })
  })

  it('contracts check judges a file by its name alone as the night does', async () => {
    const file = path.join(drop(), 'PORECLINE_20261127.txt')
    const checked = await checkFile({ file, contract: undefined, lookUps: [], workspace: workspace.folder })
    expect(checked).toMatchObject({ contract: 'lawson-receipts', usable: false, exit: 4 })
    await expect(
      checkFile({ file: '/tmp/nobody.txt', contract: undefined, lookUps: [], workspace: workspace.folder }),
    ).rejects.toThrow('no input of the workspace takes a file named nobody.txt')
  })
})

describe('where approval is required', () => {
  it('a contract that was never approved stops the night before anything is taken', async () => {
    edit(workspace, 'matchbook.yaml', (yaml) => `${yaml}\ncontracts: { approval: required }\n`)
    put('PORECLINE_20261129.txt', receipts(header, [line(3)]))
    await expect(workspace.run()).rejects.toMatchObject({ code: 'CONTRACT-NOT-APPROVED', exit: 8 })
    expect(dispositionOf('PORECLINE_20261129.txt')).toBeUndefined()
  })

  it('a changed file is a proposal only: the version approved last stays in force', async () => {
    const names = [
      ...readFileSync(path.join(workspace.folder, 'jobs', 'receipt-to-invoice.yaml'), 'utf8').matchAll(
        /contract: (\S+)/g,
      ),
    ]
    for (const [, contract = ''] of names)
      await approveContract({
        ...options(workspace),
        contract,
        reason: 'as delivered',
        as: 'R. Ortiz',
        version: undefined,
      })
    edit(workspace, 'templates/extracts/lawson-receipts.yaml', (yaml) => yaml.replace('"%Y-%m-%d"', '"%d.%m.%Y"'))
    put('PORECLINE_20261130.txt', receipts(header.replace('ENT_REC_UOM', 'ENTERED_UOM'), [line(4, '2026-11-30')]))
    await workspace.run()
    expect(sql(workspace, "SELECT rejected FROM files WHERE name = 'PORECLINE_20261130.txt'")).toEqual([
      { rejected: 0 },
    ])
    const { contracts } = await diff('lawson-receipts')
    expect(contracts[0]?.differences.map(({ path: at }) => at)).toEqual(['columns[REC_DATE].formats'])
  })
})
