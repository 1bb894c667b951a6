import { exceptionCodes } from '../../canonical/index.js'
import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'

/** Queues, codes and decisions that deciders are named for must be some. `knownDecisions`: what may be decided about exceptions. */
export function checkDeciders(workspace: Setting, knownDecisions: readonly string[]): Problem[] {
  const named = (decider: Setting, list: string, what: string, known: readonly string[]): Problem[] =>
    decider
      .at(list)
      .items()
      .flatMap((one) => one.refersTo(what, known))
  return workspace
    .at('deciders')
    .items()
    .flatMap((decider) => {
      const upTo = decider.at('up-to')
      return [
        ...named(decider, 'queues', 'queue', workspace.at('queues').names),
        ...named(decider, 'codes', 'exception code', exceptionCodes),
        ...named(decider, 'decisions', 'decision', knownDecisions),
        ...(upTo.text?.startsWith('-') ? [upTo.problem(`"${upTo.text}"`, 'nothing below 0')] : []),
      ]
    })
}
