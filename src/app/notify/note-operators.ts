import type { Notice } from '../../outputs/notify/index.js'
import type { StateDatabase } from '../../state/index.js'
import { queueNotice, type Telling } from './queue-notice.js'

/** Tells whoever runs the installation; nobody where the settings name none. Call it inside the transaction of what it tells. */
export async function noteOperators(
  database: StateDatabase,
  notice: Notice,
  subject: string,
  telling: Telling,
  answers?: { readonly kind: Notice['kind']; readonly subject: string },
): Promise<void> {
  const operators = telling.settings.notify?.operators
  if (operators === undefined) return
  await queueNotice(database, operators, notice, { subject, ...(answers === undefined ? {} : { answers }) }, telling)
}
