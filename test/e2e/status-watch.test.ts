import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { smallNight } from '../app/small-night.js'
import type { X12Workspace } from '../app/x12-workspace.js'

let workspace: X12Workspace
beforeAll(async () => {
  workspace = await smallNight()
})
afterAll(() => workspace?.remove())

const binary = path.join(import.meta.dirname, '..', '..', 'bin', 'run.js')

/** Types keys at a terminal of 24 rows, each when what it waits for has been drawn; gives all that was drawn, and the exit code. */
const terminal = `
import os, pty, sys, select, struct, fcntl, termios, time
typed = [part.split('=') for part in sys.argv[1].split(',')]
pid, fd = pty.fork()
if pid == 0: os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 100, 0, 0))
seen, since = b'', 0
while True:
    try: data = os.read(fd, 65536)
    except OSError: break
    if not data: break
    seen += data
    if typed and typed[0][0].encode() in seen[since:]:
        since = len(seen)
        os.write(fd, typed.pop(0)[1].encode().decode('unicode_escape').encode())
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`

/** All that the program said, and its exit code; `heard` is called with it piece by piece. */
function said(program: string, args: readonly string[], heard: (child: ChildProcess) => void = () => {}) {
  const child = spawn(program, args, { cwd: workspace.folder, env: { ...process.env, NO_COLOR: '1' } })
  let seen = ''
  child.stdout.on('data', (data) => {
    seen += data
    heard(child)
  })
  return new Promise<{ exit: number | null; seen: string }>((resolve) => {
    child.on('close', (exit) => resolve({ exit, seen }))
  })
}

it('keeps one screen on a terminal, moves between its views, and leaves the terminal as it was', async () => {
  // Three keys in one piece: held down, or over a slow line.
  const keys = [
    'No open exception=3',
    'No open exception=\\x1b[D\\x1b[C\\x1b[C',
    'Nothing to show=2',
    'Last run=q',
  ].join(',')
  const { exit, seen } = await said('python3', ['-c', terminal, keys, process.execPath, binary, 'status', '--watch'])
  expect(exit, seen).toBe(0)
  const [, screen = ''] = seen.split('\u001b[?1049h')
  expect(screen).toContain('3 queues')
  expect(screen).toContain('q ends, r reads again')
  expect(seen.endsWith('\u001b[?1049l')).toBe(true)
})

it('without a terminal says a line for each change, and ends when it is told to', async () => {
  const args = [binary, 'status', '--watch', '--every', '1']
  const { exit, seen } = await said(process.execPath, args, (child) => child.kill('SIGTERM'))
  expect(exit).toBe(0)
  expect(seen).toMatch(/^\S+Z receipt-to-invoice never ran; 0 open exceptions, USD 0.00 at risk\n$/)
})
