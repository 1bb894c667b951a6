import { compare, compareText } from '../../canonical/index.js'
import { unsettled } from '../../exceptions/index.js'
import type { ExceptionRow, Rows } from './report-content.js'

/** Exceptions of each queue in the order people should take them: unsettled first, most money first, then what is due first. */
export async function byQueue(rows: Rows<ExceptionRow>): Promise<Map<string, ExceptionRow[]>> {
  const queues = new Map<string, ExceptionRow[]>()
  for await (const row of rows) {
    const queue = queues.get(row.queue)
    if (queue) queue.push(row)
    else queues.set(row.queue, [row])
  }
  for (const queue of queues.values()) queue.sort(urgency)
  return queues
}

export const isOpen = ({ status }: ExceptionRow): boolean => unsettled.includes(status)

function urgency(a: ExceptionRow, b: ExceptionRow): number {
  return (
    Number(isOpen(b)) - Number(isOpen(a)) ||
    compare(b.amountAtRisk, a.amountAtRisk) ||
    compareText(a.dueAt ?? '9999', b.dueAt ?? '9999') ||
    compareText(a.id, b.id)
  )
}
