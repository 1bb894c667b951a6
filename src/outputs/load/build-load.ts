import { writeFile } from 'node:fs/promises'
import type { LoadTemplate } from '../../config/load-template.js'
import { MatchbookError } from '../../errors/index.js'
import { type PlacedFile, placeFile } from '../place-file.js'
import { zipOf } from '../zip-of.js'
import { type ControlTotals, controlTotals } from './control-totals.js'
import { type LoadCells, textOf, workbookOf } from './load-form.js'
import type { LoadPlan } from './load-plan.js'
import { readBackLoad } from './read-back-load.js'
import { renderRows } from './render-row.js'

export interface BuiltLoad extends PlacedFile {
  /** File in the archive -> rows. */
  readonly rows: Readonly<Record<string, number>>
  readonly totals: ControlTotals
}

/** Name of the archive, as the template asks. */
export const loadFileName = (template: LoadTemplate, loadId: string): string =>
  template.archive.name.replaceAll('{load}', loadId)

/**
 * Writes the load as the template asks, one zip of files or one file, of text or a workbook, and reads it back from disk. Lint the plan
 * first.
 *
 * @throws MatchbookError TOTALS-DIFFER when the bytes on disk do not hold what was planned; DISK-FULL
 */
export async function buildLoad(template: LoadTemplate, plan: LoadPlan, outFile: string): Promise<BuiltLoad> {
  const rows: Record<string, number> = {}
  const cells = new Map<string, string[][]>()
  for (const file of template.files) {
    const records = [...renderRows(template, file, plan)]
    rows[file.name] = records.length
    cells.set(file.name, records)
  }
  const bytes = await bytesOf(template, cells)
  const totals = controlTotals(template, plan)
  const placed = await placeFile(outFile, async (temporary) => {
    await writeFile(temporary, bytes, { flag: 'wx' })
    const found = await readBackLoad(template, temporary)
    if (JSON.stringify(found.totals) !== JSON.stringify(totals)) {
      throw new MatchbookError(
        'TOTALS-DIFFER',
        `Load ${plan.loadId}: planned ${describe(totals)}, written ${describe(found.totals)}`,
        { facts: { load: plan.loadId } },
      )
    }
  })
  return { ...placed, rows, totals }
}

async function bytesOf(template: LoadTemplate, cells: LoadCells): Promise<Buffer> {
  if (template.form === 'xlsx') return workbookOf(template, cells)
  const texts = new Map(
    template.files.map((file) => [file.name, textOf(template, file, cells.get(file.name) ?? [])] as const),
  )
  return template.archive.kind === 'zip' ? zipOf(texts) : Buffer.from([...texts.values()].join(''))
}

const describe = ({ invoices, lines, amount, lineAmount, rows }: ControlTotals): string =>
  `${invoices} invoices of ${amount}, ${lines} lines of ${lineAmount} and ${rows} other rows`
