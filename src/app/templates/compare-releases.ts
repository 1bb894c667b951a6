import { stat } from 'node:fs/promises'
import path from 'node:path'
import { MatchbookError } from '../../errors/index.js'
import { detectDialect, readHead } from '../../formats/delimited/index.js'
import { namedLoadTemplate } from '../workspace/named-settings.js'
import { compareHeader } from './compare-header.js'
import { compareTemplates } from './compare-templates.js'
import type { TemplateComparison, TemplateDifference, TemplateSide } from './template-comparison.js'

export interface CompareReleases {
  readonly workspace: string | undefined
  /** Name or YAML file of the template in use. */
  readonly template: string
  /** Another template, or a delimited file whose first record names the columns of the new layout. */
  readonly other: string
  /** File of the template that a header is of. */
  readonly file: string | undefined
}

/** What another release of an ERP changes for a load. @throws USAGE, WORKSPACE-INVALID */
export async function compareReleases({
  workspace,
  template,
  other,
  file,
}: CompareReleases): Promise<TemplateComparison> {
  const left = await namedLoadTemplate(template, workspace)
  const leftSide = { named: template, title: left.title, release: left.release ?? null }
  if (!(await isHeader(other))) {
    const right = await namedLoadTemplate(other, workspace)
    const side = (named: string, { title, release, files }: typeof left): TemplateSide => ({
      named,
      title,
      release: release ?? null,
      columns: files.reduce((sum, { columns }) => sum + columns, 0),
    })
    return comparison(side(template, left), side(other, right), compareTemplates(left, right))
  }
  const [header = []] = await readHead(other, await detectDialect(other, { header: true }), 1)
  if (header.length < 2) throw new MatchbookError('USAGE', `${other} names no columns in its first record`)
  const columns = left.files.find(({ name }) => name === file)?.columns ?? left.files[0]?.columns ?? 0
  return comparison(
    { ...leftSide, columns },
    { named: other, title: null, release: null, columns: header.length },
    compareHeader(left, header, file),
  )
}

/** A file that is no YAML is a layout as its vendor publishes it. */
async function isHeader(other: string): Promise<boolean> {
  if (/\.ya?ml$/i.test(other)) return false
  const found = await stat(path.resolve(other)).catch(() => undefined)
  return found?.isFile() === true
}

const weights = ['breaks', 'look', 'fine'] as const

const comparison = (
  left: TemplateSide,
  right: TemplateSide,
  differences: readonly TemplateDifference[],
): TemplateComparison => ({
  left,
  right,
  differences: [...differences].sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight)),
  alike: differences.length === 0,
})
