import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'
import { isDay } from './is-day.js'

/** What a schema cannot see in the retention settings of matchbook.yaml. */
export function checkRetention(workspace: Setting): Problem[] {
  const partners = workspace.at('partners').names
  return workspace
    .at('retention')
    .at('hold')
    .items()
    .flatMap((hold) => {
      const [from, to] = [hold.at('from'), hold.at('to')]
      const backwards =
        from.text !== undefined && to.text !== undefined && from.text > to.text
          ? [to.problem(`a hold from ${from.text} to ${to.text}`, 'from to be no later than to')]
          : []
      return [
        ...hold.at('partner').refersTo('partner', partners),
        ...[from, to].filter(isNoDay).map((day) => day.problem(`no day ${day.text}`, 'a day of the calendar')),
        ...backwards,
      ]
    })
}

/** What has not the form of a day its schema refuses. */
const isNoDay = ({ text }: Setting): boolean => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !isDay(text)
