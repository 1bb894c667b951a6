import { execFile, execFileSync } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * The programs an operator would use instead, each as one who knows it would call it. `down(line, job)` brings job.remote to job.local,
 * `up` the other way; names of folders. Where a program can, it uploads under a temporary name and renames, as we do.
 */
export const peers = [
  {
    name: 'OpenSSH sftp -b',
    program: 'sftp',
    version: () => execFileSync('ssh', ['-V'], { stdio: 'pipe' }) && '',
    down: (line, { remote, local, work }) => sftp(line, work, [`get ${remote}/* ${local}/`]),
    up: async (line, { remote, local, work }) =>
      sftp(
        line,
        work,
        (await readdir(local)).flatMap((name) => [
          `put ${local}/${name} ${remote}/.${name}.part`,
          `rename ${remote}/.${name}.part ${remote}/${name}`,
        ]),
      ),
  },
  ...[4, 8].map((parallel) => ({
    name: `lftp, ${parallel} at once`,
    program: 'lftp',
    down: (line, { remote, local }) => lftp(line, `mirror --no-perms --parallel=${parallel} ${remote} ${local}`),
    up: (line, { remote, local }) => lftp(line, `mirror -R --no-perms --parallel=${parallel} ${local} ${remote}`),
  })),
  ...[4, 8].map((parallel) => ({
    name: `rclone, ${parallel} at once`,
    program: 'rclone',
    down: (line, { remote, local }) => rclone(line, parallel, `:sftp:${remote}`, local),
    up: (line, { remote, local }) => rclone(line, parallel, local, `:sftp:${remote}`),
  })),
]

export function isInstalled({ program }) {
  try {
    execFileSync('which', [program], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

async function sftp({ port, username, privateKeyFile, knownHostsFile }, work, commands) {
  const batch = path.join(work, 'sftp.batch')
  await writeFile(batch, `${commands.join('\n')}\n`)
  const options = ['-q', '-i', privateKeyFile, '-P', port, ...strict(knownHostsFile), '-R', '128', '-b', batch]
  await run('sftp', [...options, `${username}@127.0.0.1`], { maxBuffer: 1 << 28 })
}

async function lftp({ port, username, privateKeyFile, knownHostsFile }, command) {
  const ssh = ['ssh -a -x -q', '-i', privateKeyFile, ...strict(knownHostsFile)].join(' ')
  const settings = [
    `set sftp:connect-program "${ssh}"`,
    'set sftp:max-packets-in-flight 64',
    'set net:connection-limit 0',
    'set xfer:use-temp-file yes',
    'set xfer:temp-file-name .*.part',
    'set mirror:set-permissions no',
    'set net:max-retries 1',
    'set cmd:fail-exit yes',
  ]
  const script = [...settings, `open -u ${username},x sftp://127.0.0.1:${port}`, command].join('; ')
  await run('lftp', ['--norc', '-c', script], { maxBuffer: 1 << 28 })
}

async function rclone({ port, username, privateKeyFile, knownHostsFile }, parallel, from, to) {
  const server = ['--sftp-host', '127.0.0.1', '--sftp-port', port, '--sftp-user', username]
  const login = ['--sftp-key-file', privateKeyFile, '--sftp-known-hosts-file', knownHostsFile]
  // No shell at the other end that could hash; nobody asked for times.
  const quick = ['--sftp-disable-hashcheck', '--sftp-shell-type', 'none', '--sftp-set-modtime=false', '--size-only']
  const many = ['--transfers', parallel, '--checkers', 8, '--sftp-concurrency', 64]
  await run('rclone', ['copy', '--config', '', ...server, ...login, ...quick, ...many, from, to].map(String), {
    maxBuffer: 1 << 28,
  })
}

const strict = (knownHostsFile) =>
  ['StrictHostKeyChecking=yes', `UserKnownHostsFile=${knownHostsFile}`, 'IdentitiesOnly=yes', 'LogLevel=ERROR'].flatMap(
    (option) => ['-o', option],
  )
