import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { openArchive } from '../../src/exchange/index.js'

// Takes forty small files into an archive at once, and leaves a mark when it was told that they are safe. Run by power-loss.test.ts.

const [folder = ''] = process.argv.slice(2)
const archive = await openArchive(path.join(folder, 'archive'))
const keep = async (number: number): Promise<void> => {
  const file = archive.held()
  file.write(`small file ${number}`)
  await file.keep()
}
await Promise.all(Array.from({ length: 40 }, (_, number) => keep(number)))
writeFileSync(path.join(folder, 'mark'), 'safe')
