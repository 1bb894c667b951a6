import type { SetEngine } from '../../canonical/index.js'
import type { ExtractContract, JobSettings } from '../../config/index.js'
import { readLayout, type TextExtract, withText } from '../../contracts/index.js'
import { eachDataRecord } from '../../formats/delimited/index.js'
import type { FileRow } from '../../state/index.js'
import type { Tools } from '../tools.js'
import { filesOfInput } from '../workspace/files-of-input.js'
import type { WatchedValues } from './watched-values.js'

export interface Learned {
  /** Extracts whose personal columns were read. */
  readonly read: number
  /** Those that could not be, each with the reason: what they hold is not looked for. */
  readonly notRead: readonly { readonly file: string; readonly because: string }[]
}

/** Learns from the archive what the columns classed personal hold: from every extract that is kept, quarantined ones too. */
export async function learnPersonalValues(values: WatchedValues, tools: Tools): Promise<Learned> {
  const { jobs, contracts } = tools.workspace
  const seen = new Set<number>()
  const notRead: { file: string; because: string }[] = []
  for (const job of jobs.values()) {
    for (const [name, input] of Object.entries(job.inputs)) {
      if (input.kind === 'x12') continue
      const contract = contracts.get(input.contract)
      if (contract === undefined || personalColumns(contract).length === 0) continue
      for (const file of await extractsOf(job, name, tools)) {
        if (seen.has(file.id)) continue
        seen.add(file.id)
        const because = await learnFrom(file, contract, values, tools)
        if (because !== undefined) notRead.push({ file: file.name, because })
      }
    }
  }
  return { read: seen.size - notRead.length, notRead }
}

/** A date or a flag alone tells nobody apart, and stands everywhere. */
const personalColumns = ({ columns }: ExtractContract) =>
  columns.filter(({ sensitivity, kind }) => sensitivity === 'personal' && kind !== 'date' && kind !== 'flag')

const extractsOf = async (job: JobSettings, name: string, tools: Tools): Promise<FileRow[]> => {
  const files = await filesOfInput(tools.state.database, job, name, tools.workspace, [
    'taken',
    'read',
    'superseded',
    'quarantined',
    'discarded',
  ])
  return files.filter(({ purged_at }) => purged_at === null)
}

/** Why the file could not be read; undefined when it was. */
async function learnFrom(
  file: FileRow,
  contract: ExtractContract,
  values: WatchedValues,
  tools: Tools,
): Promise<string | undefined> {
  const engine = await tools.openEngine()
  try {
    const place = await tools.archive.path(file.sha256)
    return await withText(contract, place, tools.workFolder, (extract) => learnRecords(engine, extract, values))
  } finally {
    await engine.close()
  }
}

async function learnRecords(
  engine: SetEngine,
  { contract, path, fault }: TextExtract,
  values: WatchedValues,
): Promise<string | undefined> {
  if (fault !== undefined) return fault.message
  const { dialect, binding, faults } = await readLayout(engine, contract, path)
  const places = personalColumns(contract).flatMap(({ name }) => {
    const position = binding.positions.get(name)
    return position === undefined ? [] : [{ name, at: position - 1 }]
  })
  if (places.length === 0) return faults[0]?.message ?? 'it has none of the personal columns'
  await eachDataRecord(path, dialect, (record) => {
    for (const { name, at } of places) values.addIdentity(record[at] ?? '', `${contract.contract}.${name}`)
  })
  return undefined
}
