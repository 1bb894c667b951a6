import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { lintFiles } from '../../../src/app/edi/lint-files.js'
import { sheetHtml } from '../../../src/commands/render/edi-sheet-html.js'
import { sheetText } from '../../../src/commands/render/edi-sheet-text.js'
import { samples, viewedFile } from './viewed.js'

const others = path.join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'samples')
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile() && !/\.(json|tsv|md)$|\.(view|expected|lint)\.txt$/.test(file))
    .sort()

/** Every file can be shown in each form, with a title and a place; none makes a reader stumble. */
async function showAll(files: readonly string[]): Promise<{ sheets: number; untitled: string[] }> {
  let sheets = 0
  const untitled: string[] = []
  for (const file of files) {
    for (const viewed of await viewedFile(file)) {
      if (viewed.kind === 'finding') continue
      sheets++
      const text = sheetText(viewed.sheet, 100)
      if (!/^\S.*\S\n\S/.test(text) || /undefined|\[object|NaN/.test(text)) untitled.push(`${file}: ${text}`)
      if (!sheetHtml(viewed.sheet).includes('<h1>')) untitled.push(file)
    }
    await lintFiles([file], undefined, ({ line, text, mark }) => {
      if (line < 1 || mark.from > text.length || mark.length < 1) untitled.push(`${file} line ${line}`)
    })
  }
  return { sheets, untitled }
}

describe('every file there is', () => {
  it('of our own making reads as something', async () => {
    const { sheets, untitled } = await showAll(filesIn(samples))
    expect(untitled).toEqual([])
    expect(sheets).toBeGreaterThan(60)
  })

  it.skipIf(!existsSync(others))('of others too (skipped where the samples are not at hand)', async () => {
    const { sheets, untitled } = await showAll(filesIn(others))
    expect(untitled).toEqual([])
    expect(sheets).toBeGreaterThan(40)
  })
})
