import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matchbook } from './matchbook.js'
import {
  acknowledgments,
  asOf,
  endState,
  inbound,
  isCutOff,
  type NightWorkspace,
  nightWorkspace,
  restore,
} from './night-workspace.js'

const steps = ['pull', 'read', 'check', 'match', 'settle', 'load', 'report', 'push'] as const
const run = ['run', 'receipt-to-invoice', '--as-of', asOf, '--log-level', 'info', '--log-format', 'ndjson']

let night: NightWorkspace
let untouched: string
let undisturbed: { readonly state: object; readonly inbound: object; readonly acknowledgments: object }

beforeAll(async () => {
  night = await nightWorkspace(12)
  untouched = `${night.server.root}-untouched`
  cpSync(night.server.root, untouched, { recursive: true, preserveTimestamps: true })
  await matchbook(run, { cwd: night.folder })
  undisturbed = left()
}, 180_000)
afterAll(async () => {
  await night?.stop()
  if (untouched !== undefined) rmSync(untouched, { recursive: true, force: true })
})

const left = () => ({
  state: endState(night.folder),
  inbound: inbound(night.server),
  acknowledgments: acknowledgments(night.server),
})

const again = () => {
  restore(untouched, night.server.root)
  rmSync(path.join(night.folder, 'state'), { recursive: true, force: true })
}

describe('killed with SIGKILL and started again, the end is that of an undisturbed night', () => {
  it('has an undisturbed night to compare with', () => {
    expect(undisturbed.state).toMatchObject({ loads: [{ status: 'sent' }] })
    expect(Object.keys(undisturbed.acknowledgments).length).toBeGreaterThan(20)
  })

  for (const step of steps) {
    for (const [when, milliseconds] of [
      ['as it begins', 0],
      ['in the midst of it', 40],
    ] as const) {
      it(`in step ${step}, ${when}`, async () => {
        again()
        const killed = await matchbook(run, {
          cwd: night.folder,
          watch: (line, kill) => {
            if (line.includes(`"step":"${step}"`) && line.includes('step begins'))
              setTimeout(() => kill('SIGKILL'), milliseconds)
          },
        })
        if (when === 'as it begins') expect(killed.signal).toBe('SIGKILL')
        // A night shorter than the delay came to its end undisturbed; calling again would be the next night.
        if (isCutOff(night.folder)) {
          const second = await matchbook(run, { cwd: night.folder })
          expect(second.stderr).not.toContain('Defect')
        }
        expect(left()).toEqual(undisturbed)
      })
    }
  }

  it('three times in one night, at random', async () => {
    again()
    let kills = 0
    for (const milliseconds of [300, 900, 1500]) {
      if (kills > 0 && !isCutOff(night.folder)) break
      kills++
      await matchbook(run, {
        cwd: night.folder,
        watch: (line, kill) => {
          if (line.includes('"step":"pull"') || line.includes('"step":"check"'))
            setTimeout(() => kill('SIGKILL'), milliseconds)
        },
      })
    }
    expect(kills).toBeGreaterThan(1)
    if (isCutOff(night.folder)) await matchbook(run, { cwd: night.folder })
    expect(left()).toEqual(undisturbed)
  })

  it('started twice at once: the second is told that the job is running, and nothing is doubled', async () => {
    again()
    const both = await Promise.all([matchbook(run, { cwd: night.folder }), matchbook(run, { cwd: night.folder })])
    expect(both.map(({ exit }) => exit).sort()).toEqual([4, 6])
    expect(left()).toEqual(undisturbed)
  })
})
