import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import { inbound } from './finished-night.js'
import { matchbook, matchbookJson } from './matchbook.js'
import { asOf, type NightWorkspace, nightWorkspace } from './night-workspace.js'

interface ErrorJson {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string }
}

let night: NightWorkspace
let settings: string
beforeAll(async () => {
  night = await nightWorkspace(13)
  settings = readFileSync(path.join(night.folder, 'matchbook.yaml'), 'utf8')
}, 120_000)
afterAll(() => night?.stop())
beforeEach(() => {
  writeFileSync(path.join(night.folder, 'matchbook.yaml'), settings)
  rmSync(path.join(night.folder, 'state'), { recursive: true, force: true })
})

const change = (from: string | RegExp, to: string) => {
  const changed = settings.replace(from, to)
  expect(changed).not.toBe(settings)
  writeFileSync(path.join(night.folder, 'matchbook.yaml'), changed)
}
const run = <T = RunOutcome>() =>
  matchbookJson<T>(['run', 'receipt-to-invoice', '--as-of', asOf], { cwd: night.folder })
const mountsAllowed = (() => {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' })
    return process.getuid?.() === 0
  } catch {
    return false
  }
})()

describe('the server is not the one that was pinned, or does not let us in', () => {
  it('refuses another host key, takes nothing and says what to do', async () => {
    change(/fingerprint: .*/, 'fingerprint: SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
    const { exit, json } = await run()
    expect(exit).toBe(8)
    expect(json.runs[0]?.failures).toMatchObject([
      { code: 'HOST-KEY-MISMATCH', hint: expect.stringContaining('telephone') },
    ])
    expect(json.runs[0]).toMatchObject({ files: { taken: 0 }, invoices: null, loads: [] })
  })

  it('refuses a login with another key, and does not knock again and again', async () => {
    const other = path.join(night.folder, 'other-key')
    if (!existsSync(other)) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', other])
    change(night.server.privateKeyFile, other)
    const { exit, json } = await run()
    expect(exit).toBe(8)
    expect(json.runs[0]?.failures).toMatchObject([{ code: 'LOGIN-REFUSED' }])
  })

  it('names a secret that cannot be found, never its value', async () => {
    change(night.server.privateKeyFile, '/nowhere/id')
    const { exit, json } = await run<ErrorJson>()
    expect(exit).toBe(8)
    expect(json.error).toMatchObject({ code: 'SECRET-MISSING' })
    expect(json.error.message).toContain('/nowhere/id')
  })

  it('ends with 7 when the server is down, and the next night takes everything up', async () => {
    change(/port: \d+/, 'port: 1')
    const down = await run()
    expect(down.exit).toBe(7)
    expect(down.json.runs[0]?.failures).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'CONNECT-FAILED' })]),
    )
    writeFileSync(path.join(night.folder, 'matchbook.yaml'), settings)
    const up = await run()
    expect(up.json.runs[0]).toMatchObject({ failures: [], loads: [{ status: 'sent' }] })
    expect(Object.keys(inbound(night.server))).toEqual([up.json.runs[0]?.loads[0]?.file])
  })
})

describe('the machine itself is in the way', () => {
  it('says that the state is locked by another program, and loses nothing', async () => {
    mkdirSync(path.join(night.folder, 'state'), { recursive: true })
    const holder = new Database(path.join(night.folder, 'state', 'matchbook.db'))
    holder.exec('BEGIN EXCLUSIVE')
    const { exit, json } = await run<ErrorJson>()
    holder.close()
    expect(exit).toBe(6)
    expect(json.error.code).toBe('STATE-LOCKED')
  })

  it.runIf(mountsAllowed)('says that the workspace is read-only; what is in it can be looked at', () => {
    const script = `mount -t tmpfs none "$1" && node "$2" status --json > /dev/null && mount -o remount,ro "$1"
      node "$2" run receipt-to-invoice --json --as-of ${asOf}; echo "exit $?"; node "$2" status 2>&1; echo "status $?"`
    const state = path.join(night.folder, 'state')
    mkdirSync(state, { recursive: true })
    const out = execFileSync('unshare', ['--mount', 'sh', '-c', script, 'sh', state, path.resolve('bin/run.js')], {
      cwd: night.folder,
      encoding: 'utf8',
    })
    expect(out).toContain('"code": "WORKSPACE-READ-ONLY"')
    expect(out).toContain('exit 8')
    expect(out).toMatch(/Note WORKSPACE-READ-ONLY: .* mounted to be read only\n {2}This is read from a copy/)
    expect(out).toContain('status 0')
  })

  it.runIf(mountsAllowed)('says that the disk is full, and goes on where it was when there is room', () => {
    const state = path.join(night.folder, 'state')
    mkdirSync(state, { recursive: true })
    const script = `mount -t tmpfs -o size=1500k none "$1" && node "$2" run receipt-to-invoice --json --as-of ${asOf}; echo "exit $?"
      mount -o remount,size=200m "$1"; node "$2" run receipt-to-invoice --json --as-of ${asOf}; echo "exit $?"`
    const out = execFileSync('unshare', ['--mount', 'sh', '-c', script, 'sh', state, path.resolve('bin/run.js')], {
      cwd: night.folder,
      encoding: 'utf8',
      maxBuffer: 64e6,
    })
    const [full = '', after = ''] = out.split(/^exit \d+$/m)
    expect(full).toContain('"code": "DISK-FULL"')
    expect(JSON.parse(after)).toMatchObject({ runs: [{ failures: [] }] })
  })
})

describe('the command was called wrongly, or the workspace has mistakes', () => {
  it.each([
    [['run', 'receipt-to-invoise'], 2, 'JOB-UNKNOWN'],
    [['run'], 2, 'USAGE'],
    [['run', 'receipt-to-invoice', '--as-of', 'yesterday'], 2, 'USAGE'],
    [['run', 'receipt-to-invoice', '--fail-on', 'everything'], 2, 'USAGE'],
    [['exceptions', 'show', '999999'], 2, 'EXCEPTION-UNKNOWN'],
    [['runs', 'show', 'none'], 2, 'RUN-UNKNOWN'],
    [['files', 'show', 'none'], 2, 'FILE-UNKNOWN'],
    [['explain', 'INV-PRIZE'], 2, 'CODE-UNKNOWN'],
  ])('%j ends with %i and %s, also under --json', async (args, exit, code) => {
    const ended = await matchbookJson<ErrorJson>(args, { cwd: night.folder })
    expect(ended).toMatchObject({ exit, json: { error: { code } } })
    expect((await matchbook(args, { cwd: night.folder })).exit).toBe(exit)
  })

  it('validates with file:line:column, and a run refuses with 5', async () => {
    change('timezone: America/Chicago', 'timezone: America/Chicagoo')
    appendFileSync(path.join(night.folder, 'matchbook.yaml'), 'fail-onn: none\n')
    const said = await matchbook(['validate'], { cwd: night.folder })
    expect(said.exit).toBe(5)
    expect(said.stdout).toMatch(/matchbook\.yaml:\d+:\d+/)
    expect(said.stdout).toContain('did you mean "fail-on"')
    expect((await run<ErrorJson>()).json.error.code).toBe('WORKSPACE-INVALID')
  })

  it('suggests a command, and runs none by itself', async () => {
    const ended = await matchbook(['statsu'], { cwd: night.folder })
    expect(ended).toMatchObject({ exit: 2, stdout: '' })
    expect(ended.stderr).toContain('matchbook status')
  })
})
