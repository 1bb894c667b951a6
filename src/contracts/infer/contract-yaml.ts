import type { DraftColumn, DraftProjection } from './draft.js'

export interface DraftContract {
  readonly name: string
  readonly title: string
  readonly source: string | undefined
  /** Lines of comment at its head. */
  readonly about: readonly string[]
  /** Settings of the format, in the order in which they are written. */
  readonly format: Readonly<Record<string, unknown>>
  readonly formatRemarks: readonly string[]
  readonly columns: readonly DraftColumn[]
  readonly projections: readonly DraftProjection[]
}

/** The contract as a person goes on with it: one line a column and a field, each question as a comment where it belongs. */
export function contractYaml(draft: DraftContract): string {
  const { name, title, source, about, format, formatRemarks, columns, projections } = draft
  const whole = projections.filter(({ lacking }) => lacking.length === 0)
  const open = projections.filter(({ lacking }) => lacking.length > 0)
  return [
    ...about.map((line) => `# ${line}`),
    `contract: ${text(name)}`,
    `title: ${text(title)}`,
    `source: ${text(source ?? 'unknown')}${source === undefined ? '  # decide: the system it comes from' : ''}`,
    'format:',
    ...formatRemarks.map((remark) => `  # ${remark}`),
    ...Object.entries(format).map(([key, value]) => `  ${key}: ${flow(value)}`),
    'columns:',
    ...columns.flatMap(columnLines),
    ...(whole.length > 0 ? ['projections:', ...whole.flatMap(projectionLines)] : ['projections: []']),
    ...open.flatMap((projection) => [
      `# decide: nothing in the file is ${projection.lacking.join(', ')} of ${projection.relation}. Map each to a column, or give it as { constant: ... }${projection.lacking.includes('company') ? ', or as { file: part } where the names of the files say it (parts of the input)' : ''};`,
      '# then take the # away and put these lines in the place of "projections: []".',
      '# projections:',
      ...projectionLines(projection).map((line) => `# ${line}`),
      ...projection.lacking.map((field) => `#       ${field}:`),
    ]),
    '',
  ].join('\n')
}

function columnLines({ name, form, required, sensitivity, remarks }: DraftColumn): string[] {
  const { kind, ...manner } = form
  const settings = {
    name,
    kind,
    ...(required ? { required } : {}),
    ...manner,
    ...(sensitivity === 'none' ? {} : { sensitivity }),
  }
  return [...remarks.map((remark) => `  # ${remark}`), `  - ${flow(settings)}`]
}

function projectionLines({ relation, key, settings, remarks, fields }: DraftProjection): string[] {
  return [
    `  - relation: ${relation}`,
    ...remarks.map((remark) => `    # ${remark}`),
    `    key: ${flow(key)}`,
    ...Object.entries(settings).map(([name, value]) => `    ${name}: ${flow(value)}`),
    '    map:',
    ...fields.flatMap(({ field, source, remarks }) => [
      ...remarks.map((remark) => `      # ${remark}`),
      `      ${field}: ${flow(source)}`,
    ]),
  ]
}

/** Flow style; texts are quoted unless nothing could take them for something else. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${text(key)}: ${flow(inner)}`)
      .join(', ')} }`
  return typeof value === 'string' ? text(value) : String(value)
}

const reserved = /^(true|false|yes|no|on|off|null|y|n|~)$/i

const text = (value: string): string =>
  /^[A-Za-z_][A-Za-z0-9_-]*( [A-Za-z0-9_-]+)*$/.test(value) && !reserved.test(value) ? value : JSON.stringify(value)
