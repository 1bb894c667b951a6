import type { CodeExplained, ErrorExplained, Explained } from '../../app/exceptions/explain.js'
import { exceptionText } from './exception.js'

/** What a code means and what to do about it; an exception with its numbers first. */
export function explainedText(one: Explained): string {
  if ('exception' in one) return `${exceptionText(one.exception, one.timezone)}\n\n${codeText(one.code)}`
  return 'exit' in one ? errorText(one) : codeText(one)
}

const errorText = ({ code, title, hint, exit }: ErrorExplained): string =>
  `${code}: ${title}\n\n${hint}\n\nExit code ${exit}`

function codeText({ code, queue, severity, slaHours, raisedWhen, means, check, decisions }: CodeExplained): string {
  const due = slaHours === null ? 'nothing is due' : `to be decided within ${slaHours} hours`
  return [
    `${code}: ${raisedWhen}`,
    '',
    means,
    '',
    `Owner: queue ${queue}, severity ${severity}, ${due} (a workspace may say otherwise)`,
    '',
    'What to check',
    ...check.map((step, n) => `  ${n + 1}. ${step}`),
    ...(Object.keys(decisions).length > 0 ? ['', 'What may be decided'] : []),
    ...Object.entries(decisions).map(([decision, leadsTo]) => `  ${decision}: ${leadsTo}`),
  ].join('\n')
}
