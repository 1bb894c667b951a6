import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { freePort } from './free-port.js'

/**
 * A private OpenSSH server, on 127.0.0.1 unless another address of this machine is given. Relative SFTP paths start in `root`; it is not a
 * chroot.
 */
export interface OpenSshServer {
  readonly host: string
  readonly port: number
  readonly username: string
  /** Holds the server's key as `[host]:port`. */
  readonly knownHostsFile: string
  /** A key the server lets in, without passphrase. */
  readonly privateKeyFile: string
  /** SHA256:... of the host key, as ssh-keygen -l prints it. */
  readonly fingerprint: string
  /** Public host key: type and base64. */
  readonly hostKey: string
  /** Folder that clients see. */
  readonly root: string
  /** SFTP sessions that are open, of all connections. */
  sessions(): number
  /** Ends the sessions that are open, at once and without a goodbye; the server goes on. */
  killSessions(): void
  stop(): Promise<void>
}

/**
 * @param sftpArguments further arguments of internal-sftp, for example `['-P', 'remove']` to deny removals, `['-R']` for read only
 * @param config further lines of sshd_config, for example `['Ciphers aes256-cbc']`
 * @param root folder to serve; else a fresh one that is removed on stop
 * @throws with advice when sshd is not installed
 */
export async function startOpenSsh(
  options: {
    readonly sftpArguments?: readonly string[]
    readonly root?: string
    readonly config?: readonly string[]
    readonly hostKeyType?: 'ed25519' | 'rsa'
    readonly address?: string
  } = {},
): Promise<OpenSshServer> {
  const sshd = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((program) => existsSync(program))
  if (sshd === undefined) {
    throw new Error('These tests need an OpenSSH server: apt-get install -y --no-install-recommends openssh-server')
  }
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })

  const home = mkdtempSync(path.join(tmpdir(), 'matchbook-sshd-'))
  const root = options.root ?? path.join(home, 'root')
  mkdirSync(root, { recursive: true })
  const [hostKeyFile, privateKeyFile] = [
    makeKey(home, 'host_key', ...(options.hostKeyType === 'rsa' ? ['-t', 'rsa', '-b', '2048'] : [])),
    makeKey(home, 'id_client'),
  ]
  writeFileSync(path.join(home, 'authorized_keys'), readFileSync(`${privateKeyFile}.pub`), { mode: 0o644 })
  const { address = '127.0.0.1' } = options
  const port = await freePort(address)
  const username = userInfo().username
  const config = path.join(home, 'sshd_config')
  writeFileSync(
    config,
    [
      // sshd takes the first that it finds of a setting, but of this one the last.
      'MaxStartups 100:30:200',
      ...(options.config ?? []),
      `ListenAddress ${address}`,
      `Port ${port}`,
      `HostKey ${hostKeyFile}`,
      `PidFile ${home}/sshd.pid`,
      `AuthorizedKeysFile ${home}/authorized_keys`,
      'StrictModes no',
      `AllowUsers ${username}`,
      'PermitRootLogin yes',
      'PubkeyAuthentication yes',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'AuthenticationMethods publickey',
      'UsePAM no',
      'UseDNS no',
      'PermitTTY no',
      'X11Forwarding no',
      'AllowTcpForwarding no',
      'LogLevel ERROR',
      'Subsystem sftp internal-sftp',
      `ForceCommand internal-sftp -d ${root} ${(options.sftpArguments ?? []).join(' ')}`,
      '',
    ].join('\n'),
  )
  execFileSync(sshd, ['-t', '-f', config])
  const server = spawn(sshd, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  server.stderr.on('data', (text: Buffer) => {
    log += text.toString()
  })
  // A test run that is broken off leaves no server behind.
  const atExit = (): void => void server.kill('SIGKILL')
  process.once('exit', atExit)
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  await untilListening(
    address,
    port,
    () => server.exitCode === null,
    () => log,
  )

  const hostKey = readFileSync(`${hostKeyFile}.pub`, 'utf8').split(' ').slice(0, 2).join(' ').trim()
  const knownHostsFile = path.join(home, 'known_hosts')
  writeFileSync(knownHostsFile, `[${address}]:${port} ${hostKey}\n`)
  const fingerprint = execFileSync('ssh-keygen', ['-l', '-f', `${hostKeyFile}.pub`], { encoding: 'utf8' }).split(' ')[1]

  const killSessions = (): void => {
    for (const pid of descendants(server.pid ?? 0)) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // it ended by itself
      }
    }
  }
  return {
    host: address,
    port,
    username,
    knownHostsFile,
    privateKeyFile,
    fingerprint: fingerprint ?? '',
    hostKey,
    root,
    sessions: () => descendants(server.pid ?? 0).filter(isSftpServer).length,
    killSessions,
    async stop() {
      killSessions()
      server.kill('SIGTERM')
      await ended
      process.off('exit', atExit)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** A key pair without passphrase: the path of the private key; the public one has .pub added. */
export function makeKey(folder: string, name: string, ...more: readonly string[]): string {
  const file = path.join(folder, name)
  const passphrase = more.includes('-N') ? [] : ['-N', '']
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-C', '', ...passphrase, ...more, '-f', file])
  return file
}

async function untilListening(host: string, port: number, alive: () => boolean, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (!alive()) throw new Error(`sshd ended: ${log()}`)
    const open = await new Promise<boolean>((resolve) => {
      const probe = connect(port, host)
      probe.once('connect', () => resolve(true)).once('error', () => resolve(false))
      probe.once('connect', () => probe.destroy())
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`sshd does not listen: ${log()}`)
}

/** Each session has a process, which says in its title what it is. */
function isSftpServer(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('internal-sftp')
  } catch {
    return false
  }
}

/** Processes started by `pid` and theirs, from /proc. */
function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return [{ child: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }]
      } catch {
        return []
      }
    })
  const below = (of: number): number[] =>
    parents.filter(({ parent }) => parent === of).flatMap(({ child }) => [child, ...below(child)])
  return below(pid)
}
