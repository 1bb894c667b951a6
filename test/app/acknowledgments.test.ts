import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { afterEach, describe, expect, it } from 'vitest'
import { assembly } from '../../scripts/assembly.js'
import { purge } from '../../src/app/retention/purge.js'
import { quietly } from './x12-exchange.js'
import { answerOf, invoices, X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
afterEach(() => workspace.remove())

/** Without ISA, GS and their trailers, whose dates are tonight's. */
const body = (text = ''): string[] => text.split('~').filter((segment) => /^(TA1|AK|IK)/.test(segment))
const answered = (): string[][] => workspace.answers().map(([, text]) => body(text))
const names = (): string[] => workspace.answers().map(([name]) => name)
const found = async (): Promise<string[]> => (await workspace.exceptions()).map(({ code }) => code)

const agreed = async (x12: string): Promise<void> => {
  workspace = await X12Workspace.make(`{ ${x12}, send-to: { endpoint: medsupply, folder: inbound } }`)
}

describe('a partner who is owed a 997', () => {
  it('gets one for each interchange, in the night it came, and none for it later', async () => {
    await agreed('acknowledge: "997"')
    workspace.put('a.810', invoices(101))
    workspace.put('b.810', invoices(102).replace('SE*8*0002', 'SE*9*0002'))
    await workspace.run()
    expect(names()).toEqual(['054321987-081123450-997-000000001.edi', '054321987-081123450-997-000000002.edi'])
    expect(answered()).toEqual([
      ['AK1*IN*101', 'AK2*810*0001', 'AK5*A', 'AK2*810*0002', 'AK5*A', 'AK9*A*2*2*2'],
      ['AK1*IN*102', 'AK2*810*0001', 'AK5*A', 'AK2*810*0002', 'AK5*R*4', 'AK9*P*2*2*1'],
    ])
    expect(workspace.answers()[0]?.[1]).toContain('*01*081123450      *01*054321987      *')

    // The same bytes under another name, and another night with nothing new.
    workspace.put('a-again.810', invoices(101))
    await workspace.exchange()
    await workspace.exchange()
    expect(names()).toHaveLength(2)
  })

  it('is told all that is wrong with a set which its SE refuses, and so are people', async () => {
    await agreed('acknowledge: "997"')
    workspace.put(
      'a.810',
      invoices(101).replace('SE*8*0002', 'SE*9*0002').replace('20261112*4500017', '20261131*4500017'),
    )
    workspace.put('b.810', invoices(102).replace('SE*8*0001', 'SE*9*0001').replace('IT1*1*10', 'IT1*1*TEN'))
    await workspace.run()
    expect(answered().map((segments) => segments.filter((segment) => !/^AK[19]/.test(segment)))).toEqual([
      ['AK2*810*0001', 'AK3*BIG*2**8', 'AK4*3**8*20261131', 'AK5*R*5', 'AK2*810*0002', 'AK5*R*4'],
      ['AK2*810*0001', 'AK3*IT1*5**8', 'AK4*2**6*TEN', 'AK5*R*4*5', 'AK2*810*0002', 'AK5*A'],
    ])
    const told = (await found()).filter((code) => code.startsWith('X12-'))
    expect(told.sort()).toEqual(['X12-ENVELOPE', 'X12-ENVELOPE', 'X12-SYNTAX', 'X12-SYNTAX'])
  })

  it('gets one, under the next number, when the reading broke off and is done again', async () => {
    await agreed('acknowledge: "997"')
    workspace.put('a.810', invoices(101))
    await workspace.exchange()
    const outbox = path.join(workspace.folder, 'state', 'outbox')
    rmSync(outbox, { recursive: true })
    writeFileSync(outbox, 'a file where the folder should be')
    workspace.put('b.810', invoices(102))
    workspace.put('c.810', invoices(103))
    await expect(workspace.exchange()).rejects.toThrow()
    rmSync(outbox)
    await workspace.exchange()
    await workspace.exchange()
    expect(names().map((name) => name.slice(-13))).toEqual(['000000001.edi', '000000002.edi', '000000003.edi'])
    expect(answered().map(([ak1]) => ak1)).toEqual(['AK1*IN*101', 'AK1*IN*102', 'AK1*IN*103'])
  })

  it('gets one, under the next number, wherever the process is killed and goes on', async () => {
    await agreed('acknowledge: "997"')
    for (const control of [101, 102, 103, 104]) workspace.put(`${control}.810`, invoices(control))
    // Beside node_modules, so that the packages it leaves outside are found.
    const cache = path.join(import.meta.dirname, '..', '..', 'node_modules', '.cache')
    mkdirSync(cache, { recursive: true })
    const folder = mkdtempSync(path.join(cache, 'matchbook-exchange-'))
    try {
      const script = path.join(folder, 'exchange.mjs')
      const entryPoints = [path.join(import.meta.dirname, 'exchange-child.ts')]
      const loader = { '.sql': 'text' } as const
      await build({
        entryPoints,
        outfile: script,
        loader,
        plugins: [assembly],
        bundle: true,
        platform: 'node',
        format: 'esm',
        packages: 'external',
      })
      const dieAt = (look: number) => spawnSync(process.execPath, [script, workspace.folder, String(look)]).signal
      expect([4, 5, 6, 7].map(dieAt)).toEqual(Array(4).fill('SIGKILL'))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    await workspace.exchange()
    await workspace.exchange()
    expect(names().map((name) => name.slice(-13))).toEqual([1, 2, 3, 4].map((n) => `00000000${n}.edi`))
    expect(answered().map(([ak1]) => ak1)).toEqual([101, 102, 103, 104].map((control) => `AK1*IN*${control}`))
  })

  it('is sent what is queued; a purge takes away what a kill left beside it', async () => {
    await agreed('acknowledge: "997"')
    const settings = path.join(workspace.folder, 'matchbook.yaml')
    const compressed = 'send-to: { wrap: { gzip: true },'
    writeFileSync(settings, readFileSync(settings, 'utf8').replace('send-to: {', compressed))
    workspace.put('a.810', invoices(101))
    await workspace.exchange()
    const outbox = path.join(workspace.folder, 'state', 'outbox')
    const queued = readdirSync(outbox)
    expect(queued.map((name) => name.slice(64)).sort()).toEqual(['.edi', '.edi.gz'])
    for (const name of [`${'0'.repeat(64)}.edi`, `.${'0'.repeat(64)}.edi.4711.part`])
      writeFileSync(path.join(outbox, name), 'ISA*')
    await purge({ ...quietly, workspace: workspace.folder, dryRun: true })
    expect(readdirSync(outbox)).toHaveLength(4)
    await purge({ ...quietly, workspace: workspace.folder })
    expect(readdirSync(outbox)).toEqual(queued)
  })

  it('is told what of a cut file arrived, and never that all did', async () => {
    await agreed('acknowledge: "997"')
    workspace.put('a.810', invoices(101).slice(0, -60))
    await workspace.exchange()
    const [segments = []] = answered()
    expect(segments).toContain('AK5*A')
    expect(segments.at(-1)).toMatch(/^AK9\*P\*.*\*3$/)
  })

  it('hears of an element that breaks the standard where its sets are checked, and may have such a set refused', async () => {
    await agreed('acknowledge: "997", check: standard, reject-on: any-error')
    workspace.put('a.810', invoices(101).replace('IT1*1*10*BX', 'IT1*1*10*BOX'))
    await workspace.exchange()
    expect(answered()).toEqual([
      [
        'AK1*IN*101',
        'AK2*810*0001',
        'AK3*IT1*5*IT1*8',
        'AK4*3*355*5*BOX',
        'AK5*R*5',
        'AK2*810*0002',
        'AK5*A',
        'AK9*P*2*2*1',
      ],
    ])
    const documents = await workspace.with(({ state }) =>
      state.database.selectFrom('documents').select('transaction_control').execute(),
    )
    expect(documents).toEqual([{ transaction_control: '0002' }])
  })

  it('is refused a group of a version that was not agreed', async () => {
    await agreed('acknowledge: "997", versions: ["004010"]')
    workspace.put('a.810', invoices(101, { version: '005010' }))
    workspace.put('b.810', invoices(102, { version: '004010VICS' }))
    await workspace.run()
    expect(answered().map((segments) => segments.at(-1))).toEqual(['AK9*R*2*2*0*2', 'AK9*A*2*2*2'])
    expect(await found()).toContain('X12-UNSUPPORTED')
  })
})

describe('a partner who is owed a TA1', () => {
  it('gets it with the 997 in one interchange, and alone when the interchange is refused: a test in production', async () => {
    await agreed('acknowledge: "997", ta1: always')
    workspace.put('a.810', invoices(101))
    workspace.put('b.810', invoices(102, { usage: 'T' }))
    await workspace.run()
    const [both, alone] = answered()
    expect(both?.slice(0, 2)).toEqual(['TA1*000000101*261119*2114*A*000', 'AK1*IN*101'])
    expect(alone).toEqual(['TA1*000000102*261119*2114*R*020'])
    expect(names()[1]).toBe('054321987-081123450-TA1-000000002.edi')
    expect(await found()).toContain('X12-PARTNER')
  })
})

describe('nobody is answered', () => {
  it('where the sender is not whose drop it is, nor for an acknowledgment', async () => {
    await agreed('acknowledge: "997", ta1: always')
    workspace.put('a.810', invoices(101, { sender: { qualifier: 'ZZ', id: 'ORTHOTECH' } }))
    const accepted = [
      ['AK1', 'PO', '1'],
      ['AK9', 'A', '1', '1', '1'],
    ]
    workspace.put('b.810', answerOf(5, accepted))
    await workspace.run()
    expect(names()).toEqual([])
    expect(await found()).toContain('X12-PARTNER')
  })
})

describe('control numbers of a partner', () => {
  it('that skip are asked for, until the missing one comes', async () => {
    await agreed('sequence: strict')
    workspace.put('a.810', invoices(101))
    workspace.put('b.810', invoices(104))
    await workspace.run()
    const gaps = (await workspace.exceptions()).filter(({ code }) => code === 'X12-SEQUENCE-GAP')
    expect(gaps.map(({ message }) => message)).toEqual([
      'medsupply (01:054321987) sent 01:081123450 interchange 104; numbers 102 to 103 are missing',
    ])
    workspace.put('c.810', invoices(103) + invoices(102))
    await workspace.run()
    const [gap] = (await workspace.exceptions()).filter(({ code }) => code === 'X12-SEQUENCE-GAP')
    expect(gap?.status).toBe('healed')
  })

  it('of a test that came to production are no gap, and may be used again for what counts', async () => {
    await agreed('sequence: strict')
    workspace.put('a.810', invoices(101))
    workspace.put('b.810', invoices(102, { usage: 'T' }))
    workspace.put('c.810', invoices(103))
    await workspace.run()
    const ofX12 = async () => (await found()).filter((code) => code.startsWith('X12'))
    expect(await ofX12()).toEqual(['X12-PARTNER'])
    workspace.put('d.810', invoices(102))
    await workspace.run()
    expect(await ofX12()).toEqual(['X12-PARTNER'])
  })

  it('that skip are nothing to ask for where that is agreed, and nothing is answered where nothing else is', async () => {
    await agreed('sequence: gaps-allowed')
    workspace.put('a.810', invoices(101))
    workspace.put('b.810', invoices(104))
    await workspace.run()
    expect(await found()).not.toContain('X12-SEQUENCE-GAP')
    expect(names()).toEqual([])
  })

  it('of groups that skip are asked for where it is agreed how they count; ours go on where another system left off', async () => {
    await agreed(
      'sequence: gaps-allowed, group-sequence: by-kind, acknowledge: "997", first-numbers: { interchange: 48213, group: 977 }',
    )
    workspace.put('a.810', invoices(101))
    workspace.put('b.810', invoices(104))
    await workspace.run()
    const gaps = (await workspace.exceptions()).filter(({ code }) => code === 'X12-SEQUENCE-GAP')
    expect(gaps.map(({ message }) => message)).toEqual([
      'medsupply (01:054321987) sent 01:081123450 group IN 104; numbers 102 to 103 are missing',
    ])
    const [[, first = ''] = [], [, second = ''] = []] = workspace.answers()
    expect([/\*(\d{9})\*[01]\*P/.exec(first)?.[1], /GE\*1\*(\d+)/.exec(first)?.[1]]).toEqual(['000048213', '977'])
    expect([/\*(\d{9})\*[01]\*P/.exec(second)?.[1], /GE\*1\*(\d+)/.exec(second)?.[1]]).toEqual(['000048214', '978'])
  })

  it('that come again with other content are told once: by the interchange, or by the sets that are not taken', async () => {
    await agreed('acknowledge: "997"')
    workspace.put('a.810', invoices(101))
    await workspace.exchange()
    // Other invoices, whose groups have numbers of their own.
    workspace.put('b.810', invoices(102).replaceAll('000000102', '000000101'))
    // The same three numbers for another amount.
    workspace.put('c.810', invoices(101).replaceAll('12500', '12600').replaceAll('12.5', '12.6'))
    await workspace.run()
    const reused = (await workspace.exceptions()).filter(({ code }) => code === 'X12-CONTROL-DUPLICATE')
    expect(reused.map(({ keys, values }) => [keys.file, values['standard code']])).toEqual([
      ['b.810', 'TA105:025'],
      ['c.810', 'AK502:23'],
      ['c.810', 'AK502:23'],
    ])
    expect(answered().map((segments) => segments.at(-1))).toEqual(['AK9*A*2*2*2', 'AK9*A*2*2*2', 'AK9*R*2*2*0'])
  })
})
