import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import JSZip from 'jszip'
import { afterEach, describe, expect, it } from 'vitest'
import { chainsOf } from '../../src/app/check/extract-changes.js'
import { partsOf, type Together } from '../../src/app/check/extract-parts.js'
import { type FileRow, listFiles } from '../../src/state/index.js'
import { edit, smallNight } from './small-night.js'
import type { X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
let written: number
afterEach(() => workspace?.remove())

/** A workspace whose vendors come in files named as `parts` says. */
async function withParts(parts: string): Promise<void> {
  workspace = await smallNight()
  written = 0
  edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
    yaml.replace('contract: lawson-vendors\n', (line) => `${line}    parts: '${parts}'\n    max-age-hours: 8000\n`),
  )
}

/** Each file is newer than the one before. Vendors are number and name; `says` is what the trailer counts. */
function put(name: string, vendors: readonly string[], says = vendors.length): void {
  const folder = path.join(workspace.folder, 'drops/erp/lawson/extracts')
  mkdirSync(folder, { recursive: true })
  const records = vendors.map((vendor) => {
    const [number, text] = vendor.split(' ')
    return `|${number}|${text}|R1|N30||A`
  })
  const header = 'COMPANY|VENDOR|VENDOR_VNAME|REMIT_TO_CODE|TERM_CODE|TAX_ID|VENDOR_STATUS'
  writeFileSync(path.join(folder, name), `${[header, ...records, `TRL|${says}`].join('\n')}\n`)
  const at = new Date(Date.now() - 60_000 + written++ * 1000)
  utimesSync(path.join(folder, name), at, at)
}

const extracts = () => path.join(workspace.folder, 'drops/erp/lawson/extracts')

const used = async () => {
  const { runs } = await workspace.run()
  return runs[0]?.extracts.map(({ file, accepted, rejected }) => `${file} ${accepted} ${rejected}`)
}
const said = async () =>
  (await workspace.exceptions())
    .filter(({ code, status }) => code !== 'FILE-UNREADABLE' && status !== 'healed')
    .map(({ code, keys }) => `${code} ${keys.file}${keys.record === undefined ? '' : ` ${keys.record}`}`)
const became = () =>
  workspace.with(async ({ state }) =>
    Object.fromEntries((await listFiles(state.database, { limit: 50 })).map((file) => [file.name, file.disposition])),
  )

describe('an extract that comes in several files', () => {
  it('one a company: the newest of each counts, all together, each with its own trailer, and a vendor in two of them is doubled', async () => {
    await withParts('^vendors_([A-Z]+)_')
    put('vendors_EAST_1.txt', ['1 Ada', '2 Bea', '3 Cy'])
    put('vendors_WEST_1.txt', ['2 Bea', '3 Cyril', '4 Dan'])
    put('vendors.txt', ['9 Zoe'])
    expect(await used()).toEqual(['vendors_WEST_1.txt 2 1', 'vendors_EAST_1.txt 1 2'])
    expect(await said()).toEqual([
      'FILE-UNROUTED vendors.txt',
      'DATA-KEY-DUPLICATE lawson-vendors vendor /2',
      'DATA-KEY-DUPLICATE lawson-vendors vendor /3',
    ])
    // The next night east is cut short: its last good one serves, beside the new one of west.
    put('vendors_EAST_2.txt', ['1 Ada'], 2)
    put('vendors_WEST_2.txt', ['4 Dan'])
    expect(await used()).toEqual(['vendors_WEST_2.txt 1 0', 'vendors_EAST_1.txt 3 0'])
    expect(await said()).toEqual(['FILE-UNROUTED vendors.txt', 'FILE-TOTALS lawson-vendors (EAST)'])
  })

  it('numbered pieces of one night: one that is wrong keeps the others from being used, and the night before serves', async () => {
    await withParts('^vendors_(?<set>\\d+)_(?<part>\\d)of(?<of>\\d)')
    put('vendors_1130_1of1.txt', ['1 Ada', '2 Bea', '3 Cy'])
    put('vendors_1201_1of2.txt', ['1 Ada'])
    put('vendors_1201_2of2.txt', ['2 Bea'], 2)
    put('vendors_1202_1of2.txt', ['1 Ada'])
    expect(await used()).toEqual(['vendors_1130_1of1.txt 3 0'])
    expect(await said()).toEqual(['FILE-LATE lawson-vendors 1202', 'FILE-TOTALS lawson-vendors (2)'])
    put('vendors_1202_2of2.txt', ['2 Bea'])
    expect(await used()).toEqual(['vendors_1202_1of2.txt 1 0', 'vendors_1202_2of2.txt 1 0'])
    expect(await said()).toEqual([])
    expect(await became()).toEqual({
      'vendors_1130_1of1.txt': 'read',
      'vendors_1201_1of2.txt': 'superseded',
      'vendors_1201_2of2.txt': 'quarantined',
      'vendors_1202_1of2.txt': 'read',
      'vendors_1202_2of2.txt': 'read',
    })
  })
})

describe('an extract that takes values from another one', () => {
  async function withNames(drop: string): Promise<void> {
    workspace = await smallNight()
    written = 0
    edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
      yaml.replace(
        '  lawson-items:\n',
        (line) =>
          `  names:\n    kind: extract\n    contract: vendor-names\n    from: [{ endpoint: erp, stable-seconds: 0, folder: lawson/extracts, ${drop} }]\n${line}`,
      ),
    )
    edit(workspace, 'templates/extracts/lawson-vendors.yaml', (yaml) =>
      yaml
        .replace(
          'columns:\n',
          'look-ups:\n  names: { contract: vendor-names, by: { VENDOR: NUMBER } }\ncolumns:\n  - { name: names/NAME, kind: text }\n',
        )
        .replace('name: VENDOR_VNAME\n', 'name: names/NAME\n'),
    )
    writeFileSync(
      path.join(workspace.folder, 'templates/extracts/vendor-names.yaml'),
      'contract: vendor-names\ntitle: Names\nsource: test\nformat: { kind: delimited, delimiter: ",", header: true }\ncolumns: [{ name: NUMBER, kind: text }, { name: NAME, kind: text }]\n',
    )
  }

  it('waits without it, and is read after it, whatever their order in the job; a vendor that it lacks is told', async () => {
    await withNames('include: ["names*"]')
    put('vendors.txt', ['1 -', '2 -', '3 -'])
    expect(await used()).toEqual([])
    expect(await said()).toEqual(['FILE-LATE names', 'FILE-LATE lawson-vendors'])
    expect(await became()).toEqual({ 'vendors.txt': 'taken' })
    writeFileSync(path.join(extracts(), 'names.csv'), 'NUMBER,NAME\n1,Ada\n2,Bea\n')
    expect(await used()).toEqual(['names.csv 2 0', 'vendors.txt 2 1'])
    expect(await said()).toEqual(['DATA-REFERENCE lawson-vendors 3'])
  })

  it('both in one zip: each input has the files that its own patterns fit', async () => {
    const inZip = (file: string) => `include: ["set*.zip"], unwrap: { kinds: [zip], files: ["${file}"] }`
    await withNames(inZip('names*'))
    edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
      yaml.replace('include: ["APVENMAST_*", "vendors*"]', inZip('vendors*')),
    )
    put('vendors.txt', ['1 -', '2 -'])
    const zip = new JSZip()
    zip.file('vendors.txt', readFileSync(path.join(extracts(), 'vendors.txt')))
    zip.file('names.csv', 'NUMBER,NAME\n1,Ada\n2,Bea\n')
    writeFileSync(path.join(extracts(), 'set.zip'), await zip.generateAsync({ type: 'nodebuffer' }))
    expect(await used()).toEqual(['names.csv 2 0', 'vendors.txt 2 0'])
    expect(await said()).toEqual([])
  })
})

describe('an extract that comes as changes alone', () => {
  /** Of each vendor what became of it, number and name. */
  function change(name: string, vendors: readonly string[], says = vendors.length): void {
    const folder = path.join(workspace.folder, 'drops/erp/lawson/extracts')
    mkdirSync(folder, { recursive: true })
    const records = vendors.map((vendor) => {
      const [act, number, text = ''] = vendor.split(' ')
      return `|${number}|${text}|R1|N30||A|${act}`
    })
    const header = 'COMPANY|VENDOR|VENDOR_VNAME|REMIT_TO_CODE|TERM_CODE|TAX_ID|VENDOR_STATUS|ACT'
    writeFileSync(path.join(folder, name), `${[header, ...records, `TRL|${says}`].join('\n')}\n`)
    const at = new Date(Date.now() - 60_000 + written++ * 1000)
    utimesSync(path.join(folder, name), at, at)
  }

  it('is the whole one with the changes that came since; one that is cut short keeps later ones waiting until it is sent again', async () => {
    workspace = await smallNight()
    written = 0
    edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
      yaml.replace(
        'contract: lawson-vendors\n',
        (line) => `${line}    changes: { files: _chg_, order: '_(\\d+)' }\n    max-age-hours: 8000\n`,
      ),
    )
    edit(workspace, 'templates/extracts/lawson-vendors.yaml', (yaml) =>
      yaml
        .replace('projections:\n', '  - { name: ACT, kind: text, optional: true }\nprojections:\n')
        .replace(
          'relation: vendor\n',
          'relation: vendor\n    changes: { column: ACT, codes: { A: put, C: put, D: remove } }\n',
        ),
    )
    change('vendors_chg_1.txt', ['A 8 Hal'])
    put('vendors_2.txt', ['1 Ada', '2 Bea', '3 Cy'])
    change('vendors_chg_10.txt', ['C 3 Cyril'])
    change('vendors_chg_3.txt', ['D 2', 'C 3 Cynthia'])
    expect(await used()).toEqual(['vendors_2.txt 3 0', 'vendors_chg_3.txt 2 0', 'vendors_chg_10.txt 1 0'])
    expect(await said()).toEqual([])
    change('vendors_chg_11.txt', ['A 4 Dan'], 2)
    change('vendors_chg_12.txt', ['C 4 Daniel'])
    expect((await used())?.length).toBe(3)
    expect(await said()).toEqual(['FILE-TOTALS lawson-vendors', 'FILE-LATE lawson-vendors vendors_chg_11.txt'])
    change('vendors_chg_11.txt', ['A 4 Dan'])
    expect((await used())?.slice(3)).toEqual(['vendors_chg_11.txt 1 0', 'vendors_chg_12.txt 1 0'])
    expect(await said()).toEqual([])
    expect(await became()).toMatchObject({ 'vendors_chg_1.txt': 'superseded', 'vendors_chg_12.txt': 'read' })
  })
})

describe('changes and what they are put over', () => {
  it('what names say goes before when files were written; changes before any whole one are loose', () => {
    const files = ['chg_9', 'all_8', 'chg_7', 'chg_10', 'all_2', 'x'].map(
      (name, n) => ({ id: n, name, modified: String(9 - n) }) as FileRow,
    )
    const names = (of: Parameters<typeof chainsOf>[1], from = files) => {
      const { chains, loose, strangers } = chainsOf(from, of)
      return [
        chains.map(({ whole, changes }) => [whole, ...changes].map(({ name }) => name)),
        loose.length,
        strangers.map(({ name }) => name),
      ]
    }
    expect(names({ files: '^chg', order: '_(\\d+)' })).toEqual([
      [
        ['all_8', 'chg_9', 'chg_10'],
        ['all_2', 'chg_7', 'chg_9', 'chg_10'],
      ],
      0,
      ['x'],
    ])
    expect(names({ files: '^(chg|x)' })).toEqual([
      [
        ['all_8', 'chg_9'],
        ['all_2', 'chg_10', 'chg_7', 'chg_9'],
      ],
      0,
      [],
    ])
    expect(names({ files: '^chg' }, files.slice(2, 4))).toEqual([[], 2, []])
  })
})

describe('what belongs together', () => {
  const parts = (pattern: string | undefined, ...names: string[]) => {
    const files = names.map((name) => ({ name }) as FileRow)
    const { slots, strangers } = partsOf(files, pattern)
    const text = ({ set, files, lacking }: Together) =>
      `${set}: ${files.map(({ part, file }) => `${part} ${file.name}`).join(', ')}${lacking === undefined ? '' : ` ${lacking.has} of ${lacking.of}`}`
    return { slots: slots.map((tries) => tries.map(text)), strangers: strangers.map(({ name }) => name) }
  }

  it('without a pattern each file is the whole extract, the first of them the best', () => {
    expect(parts(undefined, 'b', 'a')).toEqual({ slots: [[': undefined b', ': undefined a']], strangers: [] })
  })
  it('a piece that was sent again under another name stands for the one before', () => {
    const pattern = '^(?<set>\\d+)-(?<part>\\d)of(?<of>\\d)'
    expect(parts(pattern, '2-1of2b', '2-2of2', '2-1of2', '1-1of1', 'x')).toEqual({
      slots: [['2: 1 2-1of2b, 2 2-2of2', '1: 1 1-1of1']],
      strangers: ['x'],
    })
    expect(parts(pattern, '3-2of3', '2-1of1').slots).toEqual([['3: 2 3-2of3 1 of 3', '2: 1 2-1of1']])
  })
  it('names that tell sets and no parts: all files of a set', () => {
    expect(parts('_(?<set>\\d+)', 'b_2', 'a_2', 'a_1').slots).toEqual([['2: a_2 a_2, b_2 b_2', '1: a_1 a_1']])
  })
})
