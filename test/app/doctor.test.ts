import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clockCheck } from '../../src/app/doctor/clock.js'
import { validate } from '../../src/app/workspace/validate.js'
import { doctorText } from '../../src/commands/render/doctor.js'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'
import { about, DoctorWorkspace, wrong } from './doctor-workspace.js'

let server: OpenSshServer
let readOnly: OpenSshServer
let old: OpenSshServer
let workspace: DoctorWorkspace
beforeAll(async () => {
  server = await startOpenSsh()
  readOnly = await startOpenSsh({ root: server.root, sftpArguments: ['-R'] })
  old = await startOpenSsh({ root: server.root, config: ['KexAlgorithms diffie-hellman-group14-sha1'] })
})
afterAll(async () => {
  await readOnly?.stop()
  await old?.stop()
  await server?.stop()
})
beforeEach(async () => {
  workspace = await DoctorWorkspace.make(server)
  await workspace.makeFolders(server.root)
})
afterEach(() => workspace.remove())

const as = ({ port, fingerprint, privateKeyFile }: OpenSshServer) => ({
  port,
  'host-key': { fingerprint },
  login: { key: { file: privateKeyFile } },
})
const outbound = 'suppliers/medsupply/outbound'
const inbound = 'erp/inbound'
const filesBelow = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(path.join(root, name)).isFile())

describe('an endpoint where all is well', () => {
  it('is followed from its address to the room in its folders', async () => {
    writeFileSync(path.join(server.root, outbound, 'a.edi'), 'ISA')
    const found = await workspace.look()
    expect(wrong(found)).toEqual([])
    expect(found.exit).toBe(0)
    for (const subject of ['port', 'host key', 'login', 'algorithms in use', `room in ${inbound}`]) {
      expect(about(found, subject)).toMatchObject({ state: 'good' })
    }
    expect(about(found, `folder ${outbound}`)?.says).toMatch(/^can be listed, read/)
    expect(about(found, `folder ${inbound}`)?.says).toContain('writing is tried with --write')
    expect(about(found, 'clock')).toMatchObject({ state: 'unknown', says: expect.stringContaining('not checked') })
    rmSync(path.join(server.root, outbound, 'a.edi'))
  })

  it('is written to with --write only, in folders that are written to, and left as it was', async () => {
    const before = filesBelow(server.root)
    const times = statSync(path.join(server.root, inbound)).mtimeMs
    await workspace.look()
    expect(statSync(path.join(server.root, inbound)).mtimeMs).toBe(times)
    const found = await workspace.look(true, true)
    expect(statSync(path.join(server.root, inbound)).mtimeMs).toBeGreaterThan(times)
    expect(about(found, `folder ${inbound}`)).toMatchObject({
      state: 'good',
      says: expect.stringContaining('written, renamed in and removed from'),
    })
    expect(about(found, 'clock')).toMatchObject({ state: 'good' })
    expect(filesBelow(server.root)).toEqual(before)
  })

  it('is asked nothing without --connect', async () => {
    workspace.endpoint({ host: 'no-such-host.invalid' })
    const found = await workspace.look(false)
    expect(found.exit).toBe(0)
    expect(about(found, 'name')).toBeUndefined()
    expect(about(found, 'port')).toBeUndefined()
  })
})

describe('what is wrong on the way is told with its remedy, and what comes after is not tried', () => {
  it('the name', async () => {
    workspace.endpoint({ host: 'no-such-host.invalid' })
    const found = await workspace.look()
    expect(wrong(found)).toMatchObject([
      { subject: 'exchange: name', remedy: expect.stringContaining('spelling of host') },
    ])
    expect(found.exit).toBe(7)
  })

  it('the port', async () => {
    workspace.endpoint({ port: 1 })
    const found = await workspace.look()
    expect(wrong(found)).toMatchObject([
      { subject: 'exchange: port', code: 'CONNECT-FAILED', remedy: expect.stringContaining('Nothing listens') },
    ])
    expect(found.exit).toBe(7)
  })

  it('the host key', async () => {
    workspace.endpoint({ 'host-key': { fingerprint: `SHA256:${'A'.repeat(43)}` } })
    const found = await workspace.look()
    expect(about(found, 'port')?.state).toBe('good')
    expect(wrong(found)).toMatchObject([{ subject: 'exchange: host key', code: 'HOST-KEY-MISMATCH' }])
    expect(about(found, 'login')).toBeUndefined()
    expect(found.exit).toBe(8)
  })

  it('a known_hosts file without the server, which needs no network', async () => {
    writeFileSync(path.join(workspace.folder, 'hosts'), '')
    workspace.endpoint({ 'host-key': { 'known-hosts': 'hosts' } })
    expect(wrong(await workspace.look(false))).toMatchObject([
      { subject: 'exchange: host key', remedy: expect.stringContaining('--connect') },
    ])
    const [connected] = wrong(await workspace.look())
    expect(connected?.says).toContain(`[127.0.0.1]:${server.port} ${server.hostKey}`)
  })

  it('the login', async () => {
    workspace.endpoint({ username: 'nobody-here' })
    const found = await workspace.look()
    expect(about(found, 'host key')?.state).toBe('good')
    expect(wrong(found)).toMatchObject([{ subject: 'exchange: login', code: 'LOGIN-REFUSED' }])
    expect(found.exit).toBe(8)
  })

  it('a key that is none, and a secret that is not there, without a network', async () => {
    writeFileSync(path.join(workspace.folder, 'key'), 'not a key')
    workspace.endpoint({ login: { key: { file: 'key' } } })
    expect(wrong(await workspace.look(false))).toMatchObject([{ subject: 'exchange: login', code: 'LOGIN-REFUSED' }])
    workspace.endpoint({ login: { password: { env: 'MATCHBOOK_NO_SUCH_VARIABLE' } } })
    const missing = await workspace.look(false)
    expect(wrong(missing)).toMatchObject([{ subject: 'secret of exchange: password', code: 'SECRET-MISSING' }])
    expect(missing.exit).toBe(8)
  })

  it('a folder that is not there', async () => {
    rmSync(path.join(server.root, inbound), { recursive: true })
    expect(wrong(await workspace.look())).toMatchObject([
      {
        subject: `exchange: folder ${inbound}`,
        code: 'REMOTE-MISSING',
        remedy: expect.stringContaining('make the folder'),
      },
    ])
  })

  it('a folder that may not be listed, or whose files may not be read', async () => {
    writeFileSync(path.join(server.root, outbound, 'a.edi'), 'ISA')
    for (const [denied, what] of [
      ['opendir', 'list the folder'],
      ['open', 'read what is in the folder'],
    ] as const) {
      const strict = await startOpenSsh({ root: server.root, sftpArguments: ['-P', denied] })
      workspace.endpoint(as(strict))
      const found = await workspace.look()
      expect(about(found, `folder ${outbound}`)).toMatchObject({
        code: 'REMOTE-PERMISSION',
        remedy: expect.stringContaining(what),
      })
      await strict.stop()
    }
    rmSync(path.join(server.root, outbound, 'a.edi'))
  })

  it('a folder that may not be written to', async () => {
    workspace.endpoint(as(readOnly))
    expect(wrong(await workspace.look())).toEqual([])
    const found = await workspace.look(true, true)
    expect(about(found, `folder ${inbound}`)).toMatchObject({
      state: 'bad',
      code: 'REMOTE-PERMISSION',
      remedy: expect.stringContaining('write, rename and remove'),
    })
    expect(found.exit).toBe(8)
  })

  it('old algorithms only, the setting that takes them, and the warning that stays', async () => {
    workspace.endpoint(as(old))
    const refused = await workspace.look()
    expect(wrong(refused)).toMatchObject([
      {
        subject: 'exchange: algorithms',
        remedy: expect.stringContaining('key-exchange: [diffie-hellman-group14-sha1]'),
      },
    ])
    expect(refused.exit).toBe(8)
    workspace.endpoint({ algorithms: { 'key-exchange': ['diffie-hellman-group14-sha1'] } })
    expect((await validate(workspace.folder)).text).toMatch(
      /^warning: endpoints\.exchange\.algorithms allows diffie-hellman-group14-sha1/,
    )
    const allowed = await workspace.look()
    expect(allowed.exit).toBe(0)
    expect(about(allowed, 'algorithms')).toMatchObject({ state: 'warning' })
    expect(about(allowed, 'algorithms in use')).toMatchObject({
      state: 'warning',
      says: 'old: key-exchange diffie-hellman-group14-sha1',
    })
  })
})

describe('the machine', () => {
  it('whose state folder others can read', async () => {
    await workspace.look(false)
    const state = path.join(workspace.folder, 'state')
    expect(
      (await workspace.look(false)).checks.find(({ subject }) => subject === 'privacy of the state'),
    ).toMatchObject({
      state: 'good',
    })
    chmodSync(path.join(state, 'matchbook.db'), 0o644)
    expect((await workspace.look(false)).checks).toContainEqual(
      expect.objectContaining({
        subject: 'privacy of the state',
        state: 'warning',
        remedy: `Run: chmod -R go= ${state}`,
      }),
    )
  })

  it('whose workspace has mistakes', async () => {
    workspace.endpoint({ algorithms: { ciphers: ['aes256-cbd'] } })
    const found = await workspace.look()
    expect(found.exit).toBe(5)
    expect(wrong(found)[0]?.remedy).toMatch(/matchbook\.yaml:\d+:\d+/)
  })

  it('whose clock differs from the server by minutes, not by the time it took to write', () => {
    const settings = { kind: 'sftp' } as Parameters<typeof clockCheck>[1]
    const at = (theirs: number) => clockCheck('exchange', settings, { theirs, began: 1000.7, ended: 1004.2 }, true)
    expect([at(1000), at(1003), at(1005)].map(({ says }) => says)).toEqual(['as ours', 'as ours', 'as ours'])
    expect(at(1006)).toMatchObject({ state: 'good', says: '1 s off ours' })
    expect(at(1305)).toMatchObject({ state: 'warning', says: '300 s ahead of ours' })
    expect(at(700)).toMatchObject({ state: 'warning', says: '300 s behind ours' })
  })
})

it('all is told to people in lines, remedies below, and summed up', async () => {
  mkdirSync(path.join(workspace.folder, 'state'), { mode: 0o755 })
  workspace.endpoint({ port: 1 })
  const text = doctorText((await workspace.look()).checks)
  expect(text).toMatch(/^bad {3}exchange: port: CONNECT-FAILED.*\n {6}Nothing listens at/m)
  expect(text).toMatch(/1 thing to mend, \d warnings?$/)
  expect(existsSync(path.join(workspace.folder, 'state', 'matchbook.db'))).toBe(true)
})
