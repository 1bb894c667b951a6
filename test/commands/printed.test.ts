import path from 'node:path'
import { type Command, Config } from '@oclif/core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { COMMANDS } from '../../src/commands/index.js'
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
