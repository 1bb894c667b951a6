import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { placeFile } from '../../src/outputs/place-file.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-place-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const place = (file: string) => placeFile(file, (part) => writeFile(part, 'new'))

describe('a file that is put in its place', () => {
  it('takes the place of an older one', async () => {
    const file = path.join(folder, 'out.csv')
    await writeFile(file, 'old')
    await place(file)
    expect(readFileSync(file, 'utf8')).toBe('new')
  })

  it('never takes that of a folder, a pipe or a device, as root could do with /dev/null', async () => {
    const pipe = path.join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await expect(place(pipe)).rejects.toMatchObject({ code: 'USAGE' })
    await expect(place(folder)).rejects.toMatchObject({ code: 'USAGE' })
    expect(statSync(pipe).isFIFO()).toBe(true)
  })
})
