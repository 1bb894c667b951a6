import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunDueOutcome } from '../../src/app/scheduling/run-due.js'
import type { WorkspaceStatus } from '../../src/app/status.js'
import { edit, smallNight, sql } from '../app/small-night.js'
import type { X12Workspace } from '../app/x12-workspace.js'
import { matchbook, matchbookJson } from './matchbook.js'

let workspace: X12Workspace
beforeAll(async () => {
  workspace = await smallNight()
  edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
    yaml
      .replace('matcher: three-way\n', (line) => `${line}schedule: { cron: "* * * * * *" }\n`)
      .replace('partner: medsupply,', (partner) => `${partner} expected: { by: "05:00" },`),
  )
})
afterAll(() => workspace?.remove())

const call = (...args: string[]) => matchbook(args, { cwd: workspace.folder })

describe('matchbook schedule start', () => {
  it('runs what is due beside people who do the same, survives a killed run, and ends when what runs has ended', async () => {
    const lines: string[] = []
    let other: Promise<{ exit: number | null; stderr: string }> | undefined
    const daemon = await matchbook(['schedule', 'start', '--log-format', 'ndjson'], {
      cwd: workspace.folder,
      watch(line, kill) {
        lines.push(line)
        const { msg, pid } = JSON.parse(line) as { msg: string; pid?: number }
        // The first run is killed as it begins; it is left alone for a minute, so a person does what is due.
        if (msg === 'a run begins' && pid !== undefined && other === undefined) {
          process.kill(pid, 'SIGKILL')
          other = call('schedule', 'start').then(async (second) => {
            const person = await call('run', '--due')
            kill('SIGTERM')
            return { exit: person.exit, stderr: second.stderr }
          })
        }
      },
    })
    expect(daemon.exit, daemon.stderr).toBe(0)
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(
      expect.arrayContaining(['the schedule is kept', 'a run begins', 'a run ended']),
    )
    const met = await other
    expect(met?.exit).toBe(0)
    expect(met?.stderr).toContain('RUN-ACTIVE')
  })

  it('leaves each occurrence one run, and no run open', () => {
    const runs = sql(workspace, 'SELECT id, status FROM runs')
    const occurrences = sql(workspace, 'SELECT run_id FROM occurrences WHERE run_id IS NOT NULL')
    expect(runs.length).toBeGreaterThan(0)
    expect(new Set(occurrences.map(({ run_id }) => run_id)).size).toBe(runs.length)
    expect(runs.filter(({ status }) => status !== 'done')).toEqual([])
  })

  it('status says when the job runs next, and what has not come by its time', async () => {
    const { json } = await matchbookJson<WorkspaceStatus>(['status'], { cwd: workspace.folder })
    expect(json.jobs[0]?.schedule?.next).toMatch(/^\d{4}-\d\d-\d\dT/)
    expect(json.awaited).toMatchObject([{ input: 'invoices', endpoint: 'medsupply', came: 0, expected: 1, last: null }])
    const late = sql(workspace, "SELECT message FROM exceptions WHERE code = 'FILE-LATE' AND status != 'healed'")
    expect(late).toMatchObject([
      { message: expect.stringMatching(/^nothing came from medsupply: outbound .*nothing ever did$/) },
    ])
  })
})

describe('matchbook run --due', () => {
  it('does nothing when nothing is due, and says so', async () => {
    edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) => yaml.replace('"* * * * * *"', '"0 2 29 2 *"'))
    const { exit, json } = await matchbookJson<RunDueOutcome>(['run', '--due'], { cwd: workspace.folder })
    expect({ exit, json }).toEqual({ exit: 0, json: { runs: [], shares: [], failures: [], left: [], exit: 0 } })
  })
})

describe('matchbook schedule install', () => {
  it('writes units that systemd takes, and not over those that someone has edited', async () => {
    edit(workspace, 'matchbook.yaml', (yaml) => yaml.replace('"Lakeside"', '"St. Mary\'s 100% \\"East\\""'))
    const units = path.join(workspace.folder, 'units')
    const { exit, stdout } = await call('schedule', 'install', '--systemd', '--write', units)
    expect(exit).toBe(0)
    const files = stdout.trim().split('\n')
    expect(files).toHaveLength(3)
    for (const file of files) expect(readFileSync(file, 'utf8')).toContain("St. Mary's 100%%")
    if (hasSystemd()) execFileSync('systemd-analyze', ['verify', ...files], { stdio: 'pipe' })
    edit(workspace, 'units/matchbook-st-mary-s-100-east.service', (unit) =>
      unit.replace('RestartSec=10', 'RestartSec=1'),
    )
    expect((await call('schedule', 'install', '--systemd', '--write', units)).exit).toBe(2)
  })

  it('prints a crontab line that cron understands, and a Windows task', async () => {
    const cron = (await call('schedule', 'install', '--cron')).stdout
    const line = cron.split('\n').find((one) => one.startsWith('*/5 '))
    // What cron hands to the shell, as the shell reads it.
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${line?.split(' ').slice(5, -1).join(' ')}`], {
      encoding: 'utf8',
    })
    expect(words.split('\n')).toEqual(expect.arrayContaining(['run', '--due', workspace.folder]))
    const task = (await call('schedule', 'install', '--windows-task')).stdout
    expect(task).toContain('<Description>Matchbook: what the schedule of St. Mary&apos;s'.replace('&apos;', "'"))
    expect(task).toContain('100% &quot;East&quot; owes')
  })
})

const hasSystemd = (): boolean => {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
