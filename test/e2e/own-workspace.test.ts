import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import { simulateNight } from '../../src/simulate/index.js'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'
import { matchbook, matchbookJson } from './matchbook.js'
import { asOf } from './night-workspace.js'

let base: string
let workspace: string
let drops: string
const servers: OpenSshServer[] = []

beforeAll(async () => {
  base = mkdtempSync(path.join(tmpdir(), 'matchbook-own-'))
  workspace = path.join(base, 'st-elsewhere')
  drops = path.join(base, 'drops')
  await simulateNight({ seed: 14, asOf, folder: drops })
}, 60_000)
afterAll(async () => {
  for (const server of servers) await server.stop()
  rmSync(base, { recursive: true, force: true })
})

const run = () => matchbookJson<RunOutcome>(['run', 'receipt-to-invoice', '--as-of', asOf], { cwd: workspace })

/** An endpoint of matchbook.yaml as an operator would write it once the partner has a server. */
async function serve(yaml: string, endpoint: string, folder: string): Promise<string> {
  const server = await startOpenSsh({ root: path.join(drops, folder) })
  servers.push(server)
  const sftp = `${endpoint}: { kind: sftp, host: 127.0.0.1, port: ${server.port}, username: ${server.username}, host-key: { known-hosts: ${server.knownHostsFile} }, login: { key: { file: ${server.privateKeyFile} } } }`
  const changed = yaml.replace(new RegExp(`${endpoint}: \\{ kind: local, folder: [^}]+\\}`), sftp)
  expect(changed).not.toBe(yaml)
  return changed
}

describe('a workspace of their own', () => {
  it('is made by init, validates, shows its settings, and is not made twice', async () => {
    expect((await matchbook(['init', workspace, '--name', 'St. Elsewhere'], { cwd: base })).exit).toBe(0)
    expect(await matchbook(['validate'], { cwd: workspace })).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('is valid'),
    })
    expect((await matchbook(['config', 'show'], { cwd: workspace })).stdout).toContain('workspace: St. Elsewhere')
    expect(await matchbook(['init', workspace], { cwd: base })).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('WORKSPACE-EXISTS'),
    })
  })

  it('has another profile where a file says so: by the flag, or by the environment, which the flag overrules', async () => {
    const inTest = { cwd: workspace, env: { MATCHBOOK_PROFILE: 'test' } }
    expect(await matchbook(['status', '--profile', 'test'], { cwd: workspace })).toMatchObject({
      exit: 8,
      stderr: expect.stringContaining('PROFILE-DIFFERS'),
    })
    const file = path.join(workspace, 'profiles', 'test.yaml')
    const endpoints = ['erp', 'medsupply', 'orthotech', 'procurement', 'ehr', 'payroll']
    mkdirSync(path.dirname(file))
    writeFileSync(
      file,
      `state: { folder: state-test }\nendpoints:\n${endpoints.map((name) => `  ${name}: { kind: local, folder: drops-test/${name} }\n`).join('')}`,
    )
    expect((await matchbook(['validate'], { cwd: workspace })).stdout).toContain('Profile test is valid too')
    expect((await matchbook(['status', '--profile', 'test'], { cwd: workspace })).stdout).toContain('(test)')
    expect((await matchbook(['status'], inTest)).stdout).toContain('(test)')
    expect((await matchbook(['status', '--profile', 'production'], inTest)).stdout).toContain('(production)')
    expect(await matchbook(['status'], { cwd: workspace, env: { MATCHBOOK_PROFILE: 'tset' } })).toMatchObject({
      exit: 2,
    })
  })

  it('runs before anything has arrived: it says what is missing, in the morning too, and heals or loads nothing', async () => {
    const { exit, json } = await run()
    expect(exit).toBe(4)
    expect(json.runs[0]).toMatchObject({ invoices: null, loads: [], failures: [{ code: 'INPUT-MISSING' }] })
    expect((await matchbook(['status'], { cwd: workspace })).stdout).toMatch(
      /INPUT-MISSING, no usable file.*\n {2}Ask the/,
    )
  })

  it('runs against OpenSSH servers, one a partner and one for the ERP', async () => {
    const file = path.join(workspace, 'matchbook.yaml')
    let yaml = readFileSync(file, 'utf8')
    yaml = await serve(yaml, 'erp', 'erp')
    yaml = await serve(yaml, 'medsupply', 'suppliers/medsupply')
    yaml = await serve(yaml, 'orthotech', 'suppliers/orthotech')
    writeFileSync(file, yaml)
    expect(await matchbook(['doctor', '--connect'], { cwd: workspace })).toMatchObject({ exit: 0 })

    const { json } = await run()
    const [summary] = json.runs
    expect(summary).toMatchObject({ failures: [], loads: [{ status: 'sent' }] })
    expect(summary?.invoices?.clean.count).toBeGreaterThan(200)
    expect(summary?.exceptions.healed).toBeGreaterThan(0)
    expect(readdirSync(path.join(drops, 'erp', 'inbound'))).toEqual([summary?.loads[0]?.file])
    expect(existsSync(summary?.workbook ?? '')).toBe(true)
  })

  it('does nothing twice', async () => {
    const { exit, json } = await run()
    expect(exit).toBe(0)
    expect(json.runs[0]).toMatchObject({ files: { taken: 0 }, exceptions: { raised: 0 }, loads: [] })
  })

  it('never shows the key it logs in with', async () => {
    const key = readFileSync(servers[0]?.privateKeyFile ?? '', 'utf8').split('\n')[1] ?? ''
    const ended = await matchbook(
      ['run', '--all', '--as-of', asOf, '--log-level', 'debug', '--log-format', 'ndjson', '--json'],
      { cwd: workspace },
    )
    const shown = await matchbook(['config', 'show'], { cwd: workspace })
    expect(key.length).toBeGreaterThan(40)
    for (const text of [ended.stdout, ended.stderr, shown.stdout]) expect(text).not.toContain(key)
  })
})
