import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scanPrivacy } from '../../src/app/privacy/scan.js'
import { edit, options, smallNight, sql } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
beforeAll(async () => {
  workspace = await smallNight()
  edit(workspace, 'templates/extracts/lawson-vendors.yaml', (yaml) =>
    yaml.replace(
      /\ncolumns:\n/,
      '\ncolumns:\n  - { name: PATIENT, kind: text, optional: true, sensitivity: personal }\n  - { name: MRN, kind: text, optional: true, sensitivity: personal }\n',
    ),
  )
  const contract = readFileSync(path.join(workspace.folder, 'templates/extracts/lawson-vendors.yaml'), 'utf8')
  const columns = [...(contract.split('columns:')[1]?.split('projections:')[0] ?? '').matchAll(/name: (\w+)/g)]
  const record = (values: Record<string, string>) => columns.map(([, name = '']) => values[name] ?? '').join('|')
  const rows = [
    columns.map(([, name]) => name).join('|'),
    record({ PATIENT: 'QUIMBY^ROSALIND', MRN: '77120934' }),
    record({ PATIENT: 'ZZCANARY^TEST', MRN: 'F' }),
    'TRL|2',
  ]
  writeFileSync(path.join(workspace.folder, 'drops/erp/lawson/extracts/vendors-1.txt'), `${rows.join('\n')}\n`)
  workspace.put('one.810', invoices(101))
  await workspace.run()
})
afterAll(() => workspace?.remove())

const scan = (also: string[] = [], canaries: string[] = []) => scanPrivacy({ ...options(workspace), also, canaries })
const found = async (also: string[] = [], canaries: string[] = []) =>
  (await scan(also, canaries)).leaks.map(({ from, where }) => `${from} in ${path.basename(where)}`)
const log = (name: string, text: string): string => {
  const file = path.join(workspace.folder, name)
  writeFileSync(file, text)
  return file
}

describe('after a night over an extract with patients in it', () => {
  it('no output holds any of them, though its records were rejected and its values are looked for', async () => {
    expect(await scan()).toMatchObject({ read: 1, notRead: [], values: 3, passedOver: 1, leaks: [], exit: 0 })
    expect(sql(workspace, "SELECT name FROM files WHERE input = 'lawson-vendors'")).toHaveLength(1)
  })
})

describe('what leaks is found', () => {
  it('in a log, however it is written, and never printed', async () => {
    const leak = log('night.log', 'error: no match for Quimby, Rosalind (mrn=77120934)\n')
    const { leaks, exit } = await scan([leak])
    expect(exit).toBe(8)
    expect(leaks.map(({ from }) => from).sort()).toEqual(['lawson-vendors.MRN', 'lawson-vendors.PATIENT'])
    expect(JSON.stringify(leaks)).not.toMatch(/quimby|77120934/i)
    expect(await found([log('night.log', 'Rosalind Quimby; 977120934; quimbyrosalind\n')])).toEqual([])
  })

  it('in a workbook and in a load, which are opened', async () => {
    const zip = new JSZip()
    zip.file('xl/sharedStrings.xml', '<si><t>QUIMBY</t><t>ROSALIND</t></si>')
    mkdirSync(path.join(workspace.folder, 'state', 'loads'), { recursive: true })
    writeFileSync(path.join(workspace.folder, 'state/loads/load.zip'), await zip.generateAsync({ type: 'nodebuffer' }))
    expect(await found()).toEqual(['lawson-vendors.PATIENT in sharedStrings.xml'])
    writeFileSync(path.join(workspace.folder, 'state/loads/load.zip'), '')
  })

  it('in any text of the store', async () => {
    sql(
      workspace,
      "UPDATE exceptions SET message = 'seen at bed of 77120934' WHERE id = (SELECT min(id) FROM exceptions)",
    )
    expect(await found()).toEqual([
      expect.stringMatching(/^lawson-vendors\.MRN in store: exceptions\.message, row \d+$/),
    ])
    sql(workspace, "UPDATE exceptions SET message = 'mended' WHERE message LIKE '%77120934%'")
  })

  it('a canary, and a social security number that no column was classed for', async () => {
    const leak = log('other.log', 'hello canary-42; 219-09-9999 and 000-12-3456 and 12-219-09-9999\n')
    expect(await found([leak], ['Canary 42'])).toEqual(['canary 1 in other.log', 'social security number in other.log'])
  })
})

it('an extract that cannot be read is told, and the scan is not called whole', async () => {
  const drop = path.join(workspace.folder, 'drops/erp/lawson/extracts')
  writeFileSync(path.join(drop, 'vendors-2.txt'), 'SOMETHING|ELSE\n1|2\nTRL|1\n')
  await workspace.run()
  expect(await scan()).toMatchObject({ read: 1, notRead: [{ file: 'vendors-2.txt' }], leaks: [], exit: 4 })
})
