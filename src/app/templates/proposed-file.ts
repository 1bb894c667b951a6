import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { MatchbookError, systemError } from '../../errors/index.js'

/** A name for what is proposed from a file: "POLINE_20261128.txt" is poline. `otherwise` where the file's own says nothing. */
export function nameFromFile(file: string, otherwise: string): string {
  const words = path
    .basename(file)
    .replace(/(\.gz)?(\.[A-Za-z]+)?$/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !/^\d+$/.test(word))
  const name = words.join('-').replace(/^[0-9-]+/, '')
  return name === '' ? otherwise : name
}

/** Writes what is proposed where nothing is yet. @throws USAGE when there is a file of that name already */
export async function writeProposed(output: string, yaml: string): Promise<void> {
  await writeFile(output, yaml, { flag: 'wx' }).catch((cause) => {
    if ('code' in cause && cause.code === 'EEXIST')
      throw new MatchbookError('USAGE', `${output} is there already`, {
        hint: 'Name another file, or move that one away',
        cause,
      })
    throw systemError(cause, output)
  })
}
