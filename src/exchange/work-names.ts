import { hostname } from 'node:os'

let given = 0

/** A name in a work folder that no other writer has, here or on another host that shares the folder. */
export function nameOfWriter(): string {
  given += 1
  return `${hostname()}~${process.pid}~${given}`
}

/** Whether a name is that of a writer of this host whose process has died. */
export function isWriterGone(name: string): boolean {
  const [host, pid] = name.split('~')
  return host === hostname() && !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
