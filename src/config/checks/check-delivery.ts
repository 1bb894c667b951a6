import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'

/** Where something goes: the endpoints must exist, and the second be another than the first. */
export function checkDelivery(to: Setting, endpoints: readonly string[] | undefined): Problem[] {
  const [first, second] = [to.at('endpoint'), to.at('fallback').at('endpoint')]
  const same =
    first.text !== undefined && first.text === second.text
      ? [second.problem(`the fallback is ${first.text} itself`, 'another endpoint')]
      : []
  const wrap = to.at('wrap')
  const unused =
    wrap.has('sign-with') && !wrap.has('encrypt-to')
      ? [wrap.at('sign-with').problem('a signature on what is not encrypted', 'encrypt-to as well')]
      : []
  return [...unused, ...first.refersTo('endpoint', endpoints), ...second.refersTo('endpoint', endpoints), ...same]
}
