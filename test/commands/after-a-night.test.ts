import path from 'node:path'
import { type Command, Config } from '@oclif/core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { explain } from '../../src/app/exceptions/explain.js'
import { listExceptions } from '../../src/app/exceptions/list-exceptions.js'
import { listFiles } from '../../src/app/files/list-files.js'
import { listRuns } from '../../src/app/runs/list-runs.js'
import { COMMANDS } from '../../src/commands/index.js'
import { explainedText } from '../../src/commands/render/explained.js'
import { DemoNight } from '../app/demo-night.js'
import { againstPublished } from '../docs/as-published.js'

type Id = keyof typeof COMMANDS

let night: DemoNight
let config: Config
let run: string
let order: string
beforeAll(async () => {
  night = await DemoNight.lay(3)
  config = await Config.load({ root: path.join(import.meta.dirname, '..', '..') })
  run = (await night.run()).runs[0]?.run ?? ''
  order = (await night.exceptions()).find(({ keys }) => keys.po !== undefined)?.keys.po ?? ''
}, 60_000)
afterAll(() => night.remove())

/** Commands that read, asked after a night; those that write are held against their schemas where their work is tested. */
const asked: readonly (readonly [Id, () => readonly string[]])[] = [
  ['audit:verify', () => []],
  ['catalog:graph', () => []],
  ['catalog:lint', () => []],
  ['catalog:list', () => []],
  ['catalog:owners', () => []],
  ['config:show', () => []],
  ['contracts:list', () => []],
  ['contracts:diff', () => []],
  ['doctor', () => []],
  ['exceptions:clusters', () => []],
  ['exceptions:list', () => ['--all']],
  ['exceptions:rules:list', () => []],
  ['exceptions:show', () => ['1']],
  ['explain', () => ['1']],
  ['explain', () => ['INV-PRICE']],
  ['explain', () => ['RUN-ACTIVE']],
  ['files:list', () => []],
  ['loads:list', () => []],
  ['metrics', () => []],
  ['notify:list', () => []],
  ['privacy:scan', () => []],
  ['pull', () => ['--dry-run']],
  ['purge', () => ['--dry-run']],
  ['push', () => ['--dry-run']],
  ['quarantine:list', () => []],
  ['runs:list', () => []],
  ['runs:show', () => [run]],
  ['runs:show', () => [run, '--settings']],
  ['schedule:next', () => []],
  ['scorecard', () => ['10432']],
  ['status', () => []],
  ['trace', () => ['po', order]],
  ['validate', () => []],
  ['whoami', () => []],
  ['work:list', () => []],
  ['xref:list', () => []],
  ['xref:suggest', () => ['--dry-run']],
]

it('explain says of exceptions of every code what was compared, by which limit, how its line was matched, and where each value stands', async () => {
  const byCode = new Map((await night.exceptions()).map((one) => [one.code, one]))
  expect(byCode.size).toBeGreaterThan(25)
  const all: string[] = []
  for (const one of byCode.values()) {
    const text = explainedText(await explain(String(one.id), night.folder))
    all.push(text)
    const said = text.split('\n')
    const pairs = said.map((line) => line.trim().split(/ {2,}/))
    const empty = new Set(pairs.find(([name]) => name === 'empty')?.[1]?.split(', '))
    for (const [name, value] of Object.entries(one.values))
      if (value === null) expect(empty, text).toContain(name)
      else expect(pairs).toContainEqual([name, value])
    for (const [name, value] of Object.entries(one.tolerance ?? {}))
      if (value !== null) expect(pairs).toContainEqual([name, value])
    // Only a file that is refused as a whole, or whose columns are not as agreed, is named alone.
    const places = said.slice(said.indexOf('Where it stands') + 1, said.indexOf('', said.indexOf('Where it stands')))
    expect(places.length, text).toBe(one.evidence.length)
    if (!/^(FILE|DATA-COLUMN)-/.test(one.code)) expect(places.join('\n'), text).toMatch(/, (byte|record|line) \d+/)
  }
  // CA -> EA x24 (item 105233)
  expect(all.filter((text) => /unit path .*\w+ -> \w+ x\d+ \(/.test(text)).length).toBeGreaterThan(0)
})

it('a list narrowed to a name that there is not says so; one that has nothing is empty', async () => {
  const reading = await openReading(night.folder)
  try {
    expect((await listExceptions(reading, { queue: 'privacy' })).total).toBe(0)
    const near = { code: 'USAGE', hint: 'Did you mean "finance"?' }
    await expect(listExceptions(reading, { queue: 'finanse' })).rejects.toMatchObject(near)
    await expect(listRuns(reading, 1, 'nightly')).rejects.toMatchObject({ hint: 'There are: receipt-to-invoice' })
    await expect(listFiles(reading, { partner: 'nobody', limit: 1 })).rejects.toMatchObject({ code: 'USAGE' })
  } finally {
    await reading.state.close()
  }
})

it.each(asked)('%s prints what its schema says', async (id, args) => {
  const quiet = [
    vi.spyOn(process.stdout, 'write').mockReturnValue(true),
    vi.spyOn(process.stderr, 'write').mockReturnValue(true),
    vi.spyOn(console, 'log').mockReturnValue(undefined),
  ]
  try {
    const printed: unknown = await (COMMANDS[id] as Command.Class).run(
      [...args(), '--json', '--workspace', night.folder],
      config,
    )
    expect(printed).toBeDefined()
    expect(againstPublished(id, printed)).toEqual([])
  } finally {
    for (const spy of quiet) spy.mockRestore()
    process.exitCode = 0
  }
})
