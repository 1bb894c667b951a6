import { hostname } from 'node:os'

/** Asked once: a host keeps its name for as long as we run. */
const host = hostname()
let given = 0

/** A name in a work folder that no other writer has, here or on another host that shares the folder. */
export function nameOfWriter(): string {
  given += 1
  return `${host}~${process.pid}~${given}`
}

const DAY = 24 * 60 * 60 * 1000

/**
 * Whether nobody writes under this name any more. A writer of this host is gone when its process is, whatever the clock says; one of
 * another host, or a part to go on with, when nothing was written for a day.
 * @param written last, milliseconds since 1970
 */
export function isWriterGone(name: string, written: number): boolean {
  const [writer, pid] = name.split('~')
  return writer === host ? !isAlive(Number(pid)) : Date.now() - written > DAY
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
