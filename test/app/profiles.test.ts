import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { backup } from '../../src/app/recovery/backup.js'
import { restore } from '../../src/app/recovery/restore.js'
import { installSchedule } from '../../src/app/scheduling/install.js'
import { status } from '../../src/app/status.js'
import { showConfig } from '../../src/app/workspace/show-config.js'
import { options, smallNight } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

const answers = '{ acknowledge: "997", send-to: { endpoint: medsupply, folder: inbound } }'
const folders = ['erp/lawson/extracts', 'erp/peoplesoft/extracts', 'erp/inbound', 'suppliers/orthotech/outbound']
const places = ['erp', 'suppliers/medsupply', 'suppliers/orthotech', 'procurement', 'ehr', 'payroll']

let workspace: X12Workspace
const choose = (profile: string) => vi.stubEnv('MATCHBOOK_PROFILE', profile)
const at = (...names: string[]) => path.join(workspace.folder, ...names)
const inbound = (drops: string) => readdirSync(at(drops, 'suppliers', 'medsupply', 'inbound'))
const put = (drops: string, name: string, text: string) =>
  writeFileSync(at(drops, 'suppliers', 'medsupply', 'outbound', name), text)
const seen = async () => {
  const reading = await openReading(workspace.folder)
  return status(reading).finally(() => reading.state.close())
}
const night = async () => (await workspace.run()).runs[0]?.files

beforeAll(async () => {
  workspace = await smallNight(answers)
  for (const folder of [...folders, 'suppliers/medsupply/outbound', 'suppliers/medsupply/inbound'])
    mkdirSync(at('drops-test', folder), { recursive: true })
  mkdirSync(at('profiles'))
  const endpoints = places.map((place) => `  ${place.split('/').at(-1)}: { kind: local, folder: drops-test/${place} }`)
  writeFileSync(
    at('profiles', 'test.yaml'),
    ['state: { folder: state-test }', 'endpoints:', ...endpoints, 'workspace: Lakeside, try', ''].join('\n'),
  )
}, 60_000)
afterAll(() => {
  vi.unstubAllEnvs()
  workspace.remove()
})

describe('a workspace with a production and a test profile', () => {
  it('takes, answers and keeps a test apart from production, each by its mark in ISA15', async () => {
    put('drops', 'night.810', invoices(101))
    put('drops', 'astray.810', invoices(102, { usage: 'T' }))
    put('drops-test', 'try.810', invoices(101, { usage: 'T' }))
    put('drops-test', 'astray.810', invoices(102))

    choose('test')
    expect(await night()).toMatchObject({ taken: 2, quarantined: 1 })
    // Nothing of production was taken, answered or booked.
    expect(inbound('drops')).toEqual([])
    expect(readdirSync(at('drops', 'suppliers', 'medsupply', 'outbound'))).toContain('night.810')
    expect(existsSync(at('state', 'matchbook.db'))).toBe(false)
    const answered = inbound('drops-test')
    expect(answered.some((name) => /-997-/.test(name))).toBe(true)

    choose('production')
    expect(await night()).toMatchObject({ taken: 2, quarantined: 1 })
    expect(inbound('drops').some((name) => /-997-/.test(name))).toBe(true)
    expect(inbound('drops-test')).toEqual(answered)
    expect((await workspace.exceptions()).map(({ code }) => code)).toContain('X12-PARTNER')
    expect(await seen()).toMatchObject({ organisation: 'Lakeside', profile: 'production' })
    choose('test')
    expect(await seen()).toMatchObject({ organisation: 'Lakeside, try', profile: 'test' })
  })

  it('refuses the state of the other profile by what the state says of itself, whatever its folder is called', async () => {
    choose('test')
    rmSync(at('state-test'), { recursive: true })
    symlinkSync(at('state'), at('state-test'))
    await expect(night()).rejects.toMatchObject({ code: 'STATE-OF-PROFILE', exit: 8 })
    await expect(seen()).rejects.toMatchObject({ code: 'STATE-OF-PROFILE' })
    rmSync(at('state-test'))
    await night()
  })

  it('is backed up and restored a profile at a time', async () => {
    choose('test')
    const { folder: taken } = await backup({ ...options(workspace), to: at('backups', 'test') })
    choose('production')
    const restored = await restore(taken, at('restored'))
    expect(restored).toMatchObject({ profile: 'test', isOverlay: true })
    expect(existsSync(path.join(restored.folder, 'state-test', 'matchbook.db'))).toBe(true)
    expect(existsSync(path.join(restored.folder, 'state'))).toBe(false)
  })

  it('says in each line that is installed which profile it is', async () => {
    choose('test')
    const lines = async (way: 'systemd' | 'cron' | 'windows-task') =>
      (await installSchedule({ workspace: workspace.folder, way, binary: 'run.js', write: undefined })).files
    expect((await lines('cron'))[0]).toMatchObject({
      name: 'matchbook-lakeside-try-test.crontab',
      text: expect.stringContaining(' --profile test '),
    })
    choose('')
    for (const way of ['systemd', 'cron', 'windows-task'] as const)
      expect((await lines(way))[0]?.text).toContain(' --profile production ')
  })

  it('shows each value with the file and line it comes from', async () => {
    choose('test')
    const { text, json } = await showConfig(workspace.folder)
    expect(text).toContain('folder: state-test # profiles/test.yaml:1\n')
    expect(text).toMatch(/timezone: America\/Chicago # matchbook\.yaml:\d+\n/)
    expect(text).toContain('fail-on: none # matchbook.yaml:')
    expect(text).toContain('tax-exempt: true # default\n')
    expect(json).toMatchObject({ overlay: 'profiles/test.yaml', sources: { workspace: 'profiles/test.yaml:9' } })
  })

  it('refuses a profile that there is none of', async () => {
    choose('tset')
    await expect(seen()).rejects.toMatchObject({ code: 'USAGE', hint: 'Did you mean test?' })
  })
})
