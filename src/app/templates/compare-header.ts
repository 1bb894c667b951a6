import type { LoadTemplate } from '../../config/index.js'
import { MatchbookError, nearMiss } from '../../errors/index.js'
import { differing, layoutWidth } from './compare-templates.js'
import type { TemplateDifference } from './template-comparison.js'

type TemplateFile = LoadTemplate['files'][number]

/**
 * A file of a template against the header record of the layout that the ERP's vendor publishes. A column that begins or ends with * is
 * required, as vendors mark it.
 * @throws USAGE when the template has several files and none is named
 */
export function compareHeader(
  template: LoadTemplate,
  header: readonly string[],
  fileName: string | undefined,
): TemplateDifference[] {
  const file = chosen(template, fileName)
  const columns = header.map((written, n) => ({
    name: plain(written),
    position: n + 1,
    required: /^\s*\*|\*\s*$/.test(written),
  }))
  const filled = new Set(file.map.map(({ position }) => position))
  const mapped = file.map.flatMap((column) => {
    const there = columns[column.position - 1]
    if (there?.name === plain(column.name)) {
      const asked = (required: boolean) => (required ? 'required' : 'optional')
      // A column that we always fill may be required there at any time.
      return there.required && !column.required
        ? differing(file.name, column.name, 'asked for', asked(false), asked(true), 'breaks')
        : []
    }
    const moved = columns.find(({ name }) => name === plain(column.name))
    if (moved !== undefined)
      return differing(file.name, column.name, 'position', String(column.position), String(moved.position), 'breaks')
    const at = there === undefined ? undefined : `${header[there.position - 1]?.trim()} stands there`
    return differing(file.name, column.name, 'taken away, or called otherwise', `at ${column.position}`, at, 'breaks')
  })
  const named = new Set(file.map.map(({ name }) => plain(name)))
  const unfilled = columns.filter(
    ({ name, position, required }) => required && !filled.has(position) && !named.has(name),
  )
  return [
    ...layoutWidth(file.name, file.columns, header.length),
    ...mapped,
    ...unfilled.flatMap(({ position }) =>
      differing(
        file.name,
        header[position - 1]?.trim() ?? '',
        'required, and not filled',
        undefined,
        `at ${position}`,
        'breaks',
      ),
    ),
  ]
}

function chosen({ files }: LoadTemplate, wanted: string | undefined): TemplateFile {
  const names = files.map(({ name }) => name)
  const [only] = files
  if (wanted === undefined && files.length === 1 && only !== undefined) return only
  const found = files.find(({ name }) => name === wanted)
  if (found !== undefined) return found
  const meant = wanted === undefined ? undefined : nearMiss(wanted, names)
  const says = wanted === undefined ? 'the template has several files' : `the template has no file ${wanted}`
  throw new MatchbookError('USAGE', `${says}${meant === undefined ? '' : `; was ${meant} meant?`}`, {
    hint: `Say with --file which one the header is of: ${names.join(', ')}`,
  })
}

/** "*Invoice Number" and INVOICE_NUMBER are one name. */
const plain = (name: string): string =>
  name
    .replaceAll('*', '')
    .trim()
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()
