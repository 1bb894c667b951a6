import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml'
import type { Layout } from './layout.js'

/**
 * A shipped job (its YAML) for a simulated workspace: without the inputs of an ERP that is not there, with CareFirst's drops beside those
 * of the other suppliers, and without waiting for files that nobody is writing.
 */
export function simulatedJob(shipped: string, layout: Layout): string {
  const job = parseDocument(shipped)
  const inputs = job.get('inputs')
  if (!isMap(inputs)) throw new RangeError('a shipped job without inputs')
  const absent = layout === 'both' ? undefined : layout === 'lawson' ? 'peoplesoft-' : 'lawson-'
  for (const { key } of [...inputs.items])
    if (absent !== undefined && isScalar(key) && String(key.value).startsWith(absent)) inputs.delete(key)
  for (const { value: input } of inputs.items) {
    if (!isMap(input)) continue
    const from = input.get('from')
    if (!isSeq(from)) continue
    const drops = from.items.filter(isMap)
    const sets = input.get('sets')
    const set = isSeq(sets) ? sets.items.map((one) => String(isScalar(one) ? one.value : one))[0] : undefined
    if (set !== undefined && drops.some((drop) => drop.get('partner') === 'orthotech')) from.add(carefirst(job, set))
    for (const drop of from.items.filter(isMap)) drop.set('stable-seconds', 0)
  }
  return job.toString({ lineWidth: 140 })
}

function carefirst(job: ReturnType<typeof parseDocument>, set: string): YAMLMap {
  const drop = job.createNode(
    {
      endpoint: 'carefirst',
      folder: 'outbound',
      include: [`*.${set}.*`],
      partner: 'carefirst',
      after: { move: 'processed' },
    },
    { flow: true },
  )
  if (!isMap(drop)) throw new RangeError('a drop is a map')
  return drop
}
