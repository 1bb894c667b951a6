import { decimal } from '../../canonical/index.js'
import type { Workspace } from '../../config/index.js'
import type { Decider } from '../../exceptions/index.js'

/** Who may decide what, as the exceptions room wants it. */
export const decidersOf = ({ settings }: Workspace): readonly Decider[] =>
  settings.deciders.map(({ who, queues, codes, decisions, 'up-to': upTo }) => ({
    who,
    queues,
    codes,
    decisions,
    currency: settings.currency,
    ...(upTo === undefined ? {} : { upTo: decimal(upTo) }),
  }))
