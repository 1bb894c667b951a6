import { fontsInOrder } from './font-order.js'

// The earliest instant a zip can hold: the same texts give the same bytes whenever they are zipped.
const FIXED_DATE = new Date(Date.UTC(1980, 0, 1))

/** A zip of texts by name, in their order. */
export async function zipOf(texts: ReadonlyMap<string, string>): Promise<Buffer> {
  const { default: Zip } = await import('jszip')
  const zip = new Zip()
  for (const [name, text] of texts) zip.file(name, text, { date: FIXED_DATE, createFolders: false })
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', platform: 'DOS' })
}

/** A workbook that exceljs made, without the time at which it was made, its fonts in order. */
export async function workbookZip(bytes: Uint8Array): Promise<Buffer> {
  const { default: Zip } = await import('jszip')
  const zip = await Zip.loadAsync(bytes)
  const texts = new Map<string, string>()
  for (const [name, file] of Object.entries(zip.files)) {
    if (file.dir) continue
    const text = await file.async('string')
    texts.set(name, name === 'xl/styles.xml' ? fontsInOrder(text) : text)
  }
  return zipOf(texts)
}
