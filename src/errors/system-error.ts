import { MatchbookError } from './matchbook-error.js'

/** SQLite's and the file system's own codes as what the operator must do; anything else comes back as it is. */
export function systemError(error: unknown, subject: string): unknown {
  if (error instanceof MatchbookError || !(error instanceof Error)) return error
  const told = 'code' in error ? String(error.code) : ''
  const code = unnamed[told] ?? told
  const as = (matchbook: ConstructorParameters<typeof MatchbookError>[0], says: string, hint?: string) =>
    new MatchbookError(matchbook, `${subject}: ${says}`, { cause: error, facts: { subject }, ...(hint && { hint }) })
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return as('STATE-LOCKED', 'another program holds it locked')
  if (code === 'EROFS') {
    const hint = 'Mount it so that it can be written. A system does that to a disk by itself after an error: see dmesg'
    return as('WORKSPACE-READ-ONLY', 'is on a disk that is mounted to be read only', hint)
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code) || /^(EACCES|EPERM)$/.test(code)) {
    return as('WORKSPACE-READ-ONLY', `cannot be written (${code})`)
  }
  // Memory that its users share is a file beside it, which had no room.
  if (/^SQLITE_(FULL|IOERR_SHMSIZE)/.test(code) || /^(ENOSPC|EDQUOT)$/.test(code))
    return as('DISK-FULL', 'no space left on the disk')
  if (/^E[MN]FILE$/.test(code)) {
    const hint =
      'More files are open than the system allows: raise that (ulimit -n; LimitNOFILE of a unit of systemd), then start again'
    return as('DISK-FAILED', `cannot be opened (${code})`, hint)
  }
  if (/^SQLITE_IOERR/.test(code) || GONE.test(code)) return as('DISK-FAILED', `cannot be read or written (${code})`)
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return as('STATE-CORRUPT', `is damaged (${code})`)
  return error
}

/** Of Linux, for which Node has no names: a network disk whose server has forgotten the file, and a file system that has to be checked. */
const unnamed: Readonly<Record<string, string>> = {
  'Unknown system error -116': 'ESTALE',
  'Unknown system error -117': 'EUCLEAN',
}

/** A disk that fails, or one of the network that is gone. */
const GONE = /^(EIO|ENXIO|ENODEV|EREMOTEIO|ESTALE|EUCLEAN)$/
