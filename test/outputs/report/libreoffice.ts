import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

// By default LibreOffice shows the values stored in an .xlsx; here it must calculate every formula itself.
const ALWAYS_RECALCULATE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`

/** Opens a workbook in LibreOffice, recalculates it and saves it in another format; the path of the result. */
export class LibreOffice {
  #folder: string | undefined

  async convert(file: string, format: 'xlsx' | 'csv' | 'ods' | 'pdf'): Promise<string> {
    this.#folder ??= await this.#profile()
    const out = await mkdtemp(path.join(this.#folder, 'out-'))
    const profile = pathToFileURL(path.join(this.#folder, 'profile')).href
    try {
      await run('soffice', [
        `-env:UserInstallation=${profile}`,
        '--headless',
        '--convert-to',
        format,
        '--outdir',
        out,
        file,
      ])
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        throw new Error('LibreOffice is not installed: apt-get install --no-install-recommends libreoffice-calc')
      }
      throw error
    }
    return path.join(out, `${path.parse(file).name}.${format}`)
  }

  async close(): Promise<void> {
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true })
  }

  async #profile(): Promise<string> {
    const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-libreoffice-'))
    await mkdir(path.join(folder, 'profile', 'user'), { recursive: true })
    await writeFile(path.join(folder, 'profile', 'user', 'registrymodifications.xcu'), ALWAYS_RECALCULATE)
    return folder
  }
}
