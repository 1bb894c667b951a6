import type { InferredTemplate } from '../../app/templates/infer-template.js'

export function inferredTemplateText({
  yaml,
  output,
  records,
  columns,
  mapped,
  constants,
  open,
}: InferredTemplate): string {
  if (output === null) return yaml
  return [
    `${output}: ${columns} columns of ${records} records`,
    `  ${mapped.length} are fields of ours: ${mapped.map(({ column, from }) => `${column} (${from})`).join(', ') || '-'}`,
    `  ${constants.length} are the same in every record: ${constants.map(({ column }) => column).join(', ') || '-'}`,
    `  ${open.length} to be decided: ${open.join(', ') || '-'}`,
    'See the lines with "decide" in it, name it in a job, then: matchbook validate, matchbook run JOB --dry-run',
  ].join('\n')
}
