/** For the owner alone. */
const PRIVATE = 0o077

let before: number | undefined

/**
 * From here on whatever this process makes is its owner's alone, whatever umask it was started with: database, archive, outbox, reports,
 * temporary files, and those that a library makes.
 */
export function keepPrivate(): void {
  const found = process.umask(PRIVATE)
  before ??= found
}

/** The mode of something made for others, a file in a partner's folder: as the umask that the process was started with has it. */
export const forOthers = (mode: number): number => mode & ~(before ?? process.umask())
