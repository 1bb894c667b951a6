/**
 * Files over SFTP: Matchbook's own `pull` and `push`, whole commands with hashing, fsync of file and folder, archive, ledger, outbox and
 * audit chain, beside OpenSSH sftp -b, lftp and rclone against the same private sshd, on loopback and through a line with a round trip.
 * Each is verified byte for byte. What is not installed is passed over.
 *
 *   node bench/transfer.js [--near 1000,10000] [--far 1000] [--round-trip 40] [--large-mb 1024] [--rounds 3] [--only down|up]
 *
 * --near, --far: numbers of files of 8 KB on loopback and on the long line; 0 for none. --large-mb 0 leaves out the large file.
 */
import { execFile, spawn } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { build } from 'esbuild'
import { isInstalled, peers } from './transfer.peers.js'

const run = promisify(execFile)
const here = path.dirname(fileURLToPath(import.meta.url))
const matchbook = path.join(here, '..', 'bin', 'run.js')
const { values } = parseArgs({
  // bench/run.js hands on what it is given; sizes of the others are none of ours.
  allowPositionals: true,
  options: {
    near: { type: 'string', default: '1000,10000' },
    far: { type: 'string', default: '1000' },
    'round-trip': { type: 'string', default: '40' },
    'large-mb': { type: 'string', default: '1024' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
  },
})
const counts = (text) => text.split(',').map(Number).filter(Boolean)
const SMALL = 8192
let aside = 0
/** Larger files are not read back by default. */
const READ_BACK = 64 * 1024 * 1024
const roundTrip = Number(values['round-trip'])
const rounds = Number(values.rounds)
const largeBytes = Number(values['large-mb']) * 1024 * 1024

const work = mkdtempSync(path.join(tmpdir(), 'matchbook-transfer-'))
const { startOpenSsh, makeState, queueAll, taken, sent, sha256 } = await bundled()
const server = await startOpenSsh()
const slowLine = await startLine(server.port)
const lines = {
  loopback: server,
  far: { ...server, port: slowLine.port, knownHostsFile: knownHosts(slowLine.port) },
}
try {
  for (const line of ['loopback', 'far']) {
    for (const count of counts(line === 'far' ? values.far : values.near)) {
      const goal = line === 'far' ? 4 : 1.3
      await compare(line, `${count} x 8 KB`, make(count, SMALL), goal)
    }
    if (largeBytes > 0) await compare(line, `1 x ${values['large-mb']} MB`, make(1, largeBytes), 1)
  }
} finally {
  slowLine.stop()
  await server.stop()
  rmSync(work, { recursive: true, force: true })
}

/** All contenders in turn, so that what else the machine does meets all; of each the best round counts. */
async function compare(line, what, files, goal) {
  for (const way of ['down', 'up'].filter((one) => values.only === undefined || one === values.only)) {
    const contenders = [...ours(way, files.bytes), ...peers.filter(isInstalled)]
    const times = new Map(contenders.map(({ name }) => [name, []]))
    for (let round = 0; round < (line === 'far' ? 1 : rounds); round += 1) {
      for (const contender of contenders)
        times.get(contender.name).push(await measure(contender, way, lines[line], files))
    }
    report(line, way, what, goal, contenders, times)
  }
}

function report(line, way, what, goal, contenders, times) {
  const best = (name) => Math.min(...times.get(name).map(({ seconds }) => seconds))
  const mine = best(contenders[0].name)
  const rivals = contenders.filter(({ name, program }) => program !== undefined && (goal > 1 || /OpenSSH/.test(name)))
  const rival = Math.min(...rivals.map(({ name }) => best(name)))
  const where = line === 'far' ? `${roundTrip} ms round trip` : 'loopback'
  const times_ = (rival / mine).toFixed(2)
  console.log(
    `\n${what} ${way}, ${where}: ${times_} times as fast as ${goal > 1 ? 'the best of them' : 'OpenSSH'} (goal: ${goal})`,
  )
  for (const { name } of contenders) {
    const cpu = Math.min(...times.get(name).map((one) => one.cpu))
    const row = [`${best(name).toFixed(2).padStart(8)} s`, `${cpu.toFixed(2).padStart(7)} CPU s`]
    console.log(`  ${name.padEnd(40)}${row.join('')}${(best(name) / mine).toFixed(2).padStart(8)} x ours`)
  }
}

async function measure(contender, way, line, files) {
  const [local, remote] = [path.join(work, 'here'), path.join(server.root, 'there')]
  const at = { work, local, remote: 'there' }
  for (const folder of [local, remote]) {
    putAside(folder)
    mkdirSync(folder)
  }
  const from = way === 'down' ? remote : local
  rmSync(from, { recursive: true })
  symlinkSync(files.folder, from)
  await contender.prepare?.(line, at)
  const [began, cpu] = [performance.now(), childrenCpu()]
  await contender[way](line, at)
  const result = { seconds: (performance.now() - began) / 1000, cpu: childrenCpu() - cpu }
  const arrived = contender.arrived?.() ?? hashesOf(way === 'down' ? local : remote)
  if (arrived.join() !== files.hashes.join()) throw new Error(`${contender.name} ${way}: not all files arrived whole`)
  return result
}

/**
 * Our own contenders, each time with a fresh workspace in which one command has run, as on any night but the first. The first push leaves
 * out what the peers do not do either: to have the server sync each file, and to read it back. By default we do both.
 */
function ours(way, bytes) {
  const state = path.join(work, 'workspace', 'state')
  const pull = {
    name: 'Matchbook pull',
    async prepare(line) {
      await workspace(line, '')
      await makeState(state)
      await cli('status')
    },
    down: () => cli('pull', 'far'),
    arrived: () => taken(state),
  }
  const push = (name, ...settings) => ({
    name,
    async prepare(line, { local }) {
      await workspace(line, ...settings)
      await queueAll(state, local, { endpoint: 'far', folder: 'there' })
      await cli('status')
    },
    up: () => cli('push'),
    arrived() {
      const arrived = hashesOf(path.join(server.root, 'there'))
      if (sent(state) !== arrived.length) throw new Error('the outbox has not booked what arrived')
      return arrived
    },
  })
  if (way === 'down') return [pull]
  return [
    push('Matchbook push', 'read-back-mb: 0', false),
    push(bytes > READ_BACK ? 'Matchbook push, synced there' : 'Matchbook push, synced there and read back', ''),
  ]
}

function cli(...args) {
  const command = [matchbook, ...args, '--json', '--workspace', path.join(work, 'workspace')]
  return run(process.execPath, command, { maxBuffer: 1 << 28 })
}

async function workspace({ port, username, privateKeyFile, fingerprint }, more, sync = true) {
  const folder = path.join(work, 'workspace')
  putAside(folder)
  await run(process.execPath, [matchbook, 'init', folder, '--no-input'])
  const settings = path.join(folder, 'matchbook.yaml')
  const key = `{ key: { file: "${privateKeyFile}" } }`
  const far = `far: { kind: sftp, host: 127.0.0.1, port: ${port}, username: ${username}, host-key: { fingerprint: "${fingerprint}" }, login: ${key}, sync-uploads: ${sync} }`
  writeFileSync(settings, readFileSync(settings, 'utf8').replace('endpoints:\n', `endpoints:\n  ${far}\n`))
  const job = path.join(folder, 'jobs', 'receipt-to-invoice.yaml')
  const drop = '{ endpoint: far, folder: there, include: ["*"], partner: medsupply, stable-seconds: 0, after: leave }'
  const load = `endpoint: far\n    folder: there\n    ${more}\n`
  writeFileSync(
    job,
    readFileSync(job, 'utf8')
      .replace('from:\n', `from:\n      - ${drop}\n`)
      .replace('endpoint: erp\n    folder: inbound\n', load),
  )
}

/** What an earlier contender left. It is removed at the end only: some file systems make new files slowly after many were removed. */
function putAside(folder) {
  if (!lstatSync(folder, { throwIfNoEntry: false })) return
  aside += 1
  renameSync(folder, `${folder}.${aside}`)
}

/** Files of random bytes, made once. */
function make(count, bytes) {
  const folder = path.join(work, `${count}-x-${bytes}`)
  mkdirSync(folder, { recursive: true })
  if (readdirSync(folder).length === 0) {
    const content = Buffer.alloc(bytes)
    for (let number = 0; number < count; number += 1) {
      for (let at = 0; at < bytes; at += 1 << 24) randomFillSync(content, at, Math.min(1 << 24, bytes - at))
      writeFileSync(path.join(folder, `file_${String(number).padStart(6, '0')}.810`), content)
    }
  }
  return { folder, bytes, hashes: hashesOf(folder) }
}

function hashesOf(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => sha256(path.join(folder, name)))
}

/** User and system seconds of all children that ended, from /proc (proc(5): cutime and cstime, in hundredths). */
function childrenCpu() {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

function knownHosts(port) {
  const file = path.join(work, 'known_hosts')
  writeFileSync(file, `[127.0.0.1]:${port} ${server.hostKey}\n`)
  return file
}

async function startLine(target) {
  const child = spawn(process.execPath, [path.join(here, 'transfer.delay.js'), target, roundTrip].map(String), {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill())
  const port = await new Promise((resolve) => child.stdout.once('data', (text) => resolve(Number(text))))
  return { port, stop: () => child.kill() }
}

async function bundled() {
  const outfile = path.join(work, 'transfer.ours.mjs')
  await build({
    entryPoints: [path.join(here, 'transfer.ours.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'error',
  })
  symlinkSync(path.join(here, '..', 'node_modules'), path.join(work, 'node_modules'))
  return import(pathToFileURL(outfile).href)
}
