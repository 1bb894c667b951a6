import { readFileSync } from 'node:fs'

/** A system call that strace -y saw, on the file that a descriptor stands for or that is named. */
export interface Traced {
  readonly call: string
  readonly file: string
  /** Of a rename. */
  readonly to?: string
  /** Of pwrite64: the offset of the byte after the last one. */
  readonly end?: number
  /** Lines of the trace in which it was begun and had come back. */
  readonly begun: number
  readonly done: number
}

export const traced = 'trace=openat,pwrite64,write,fsync,fdatasync,rename,unlink,ftruncate'

const onDescriptor = /^(\d+) +(\w+)\(\d+<([^>]*)>/
const onNames = /^(\d+) +(rename|unlink)\("([^"]*)"(?:, "([^"]*)")?/

/** The calls of a trace by `strace -f -y -s 0 -o FILE`, in the order in which they were begun. */
export function readTrace(file: string): Traced[] {
  const lines = readFileSync(file, 'latin1').split('\n')
  return lines.flatMap((line, begun) => {
    const [, thread = '', call = '', on = '', to] = onDescriptor.exec(line) ?? onNames.exec(line) ?? []
    if (call === '') return []
    const resumed = new RegExp(`^${thread} +<\\.\\.\\. ${call} resumed>`)
    const done = line.endsWith('<unfinished ...>')
      ? lines.findIndex((later, at) => at > begun && resumed.test(later))
      : begun
    const [, size, offset] = /, (\d+), (\d+)(?:\) += \d+| <unfinished)/.exec(line) ?? []
    const end = call === 'pwrite64' && size !== undefined ? { end: Number(size) + Number(offset) } : {}
    return [
      { call, file: on, begun, done: done < 0 ? lines.length : done, ...(to === undefined ? {} : { to }), ...end },
    ]
  })
}

const isSync = ({ call }: Traced): boolean => call === 'fsync' || call === 'fdatasync'

/** When a file's bytes, as they were at a line of the trace, were safe from a power failure: the line; undefined when they never were. */
export const syncedAfter = (trace: readonly Traced[], file: string, line: number): number | undefined =>
  trace.find((one) => isSync(one) && one.file === file && one.begun > line)?.done

/** How much of a file that is only ever appended to a power failure leaves for sure: what was written before its last sync. */
export function safeSize(trace: readonly Traced[], file: string): number {
  const last = trace.findLast((one) => isSync(one) && one.file === file)?.begun ?? 0
  const before = trace.filter((one) => one.file === file && one.done < last)
  return Math.max(0, ...before.map(({ end = 0 }) => end))
}
