import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeFolder } from '../../src/exchange/index.js'
import { placeFile } from '../../src/outputs/place-file.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('is made with those above it, and again without complaint', async () => {
  const deep = path.join(folder, 'a/b/c')
  await makeFolder(deep)
  await makeFolder(deep)
  expect(statSync(deep).isDirectory()).toBe(true)
})

it('is refused below a link to a disk that is not mounted: the link is named', async () => {
  symlinkSync(path.join(folder, 'unmounted'), path.join(folder, 'state'))
  await expect(makeFolder(path.join(folder, 'state/work/deep'))).rejects.toMatchObject({
    code: 'WORKSPACE-READ-ONLY',
    message: `${folder}/state is a link to a place that is not there`,
    hint: expect.stringContaining('Is a disk not mounted?'),
  })
  mkdirSync(path.join(folder, 'unmounted'))
  await makeFolder(path.join(folder, 'state/work/deep'))
})

it('is refused where a file has its name, or that of a folder above', async () => {
  writeFileSync(path.join(folder, 'state'), '')
  const refused = { code: 'WORKSPACE-READ-ONLY', message: expect.stringContaining('is no folder') }
  await expect(makeFolder(path.join(folder, 'state'))).rejects.toMatchObject(refused)
  await expect(makeFolder(path.join(folder, 'state/work/deep'))).rejects.toMatchObject(refused)
})

it.runIf(process.platform === 'linux')('is refused where nothing can be made, instead of tried for ever', async () => {
  await expect(makeFolder('/proc/matchbook/state')).rejects.toMatchObject({ message: 'nothing can be made in /proc' })
  await expect(placeFile('/proc/matchbook/out/x.json', async () => {})).rejects.toMatchObject({
    message: 'nothing can be made in /proc',
  })
})
