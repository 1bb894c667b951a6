import { literal, type SetEngine } from '../canonical/index.js'
import { physicalLine, type Staged, type Survey } from '../formats/delimited/index.js'

/** `reject` has what is left out as a whole, `blanked` the records that are used without the value of a column. */
export const rejectTables = ['reject', 'blanked'] as const

/**
 * Every rejected record, one row a reason. `line` is the physical line the record starts on, `record_key` what is the same again
 * tomorrow. value is NULL where the column is personal; for a record that could not be split it is the record's text.
 */
export async function createRejectTable(engine: SetEngine): Promise<void> {
  for (const table of rejectTables)
    await engine.run(`CREATE TABLE IF NOT EXISTS ${table} (
      source_file INTEGER, source_record BIGINT, line BIGINT, column_name VARCHAR, value VARCHAR,
      code VARCHAR, reason VARCHAR, record_key VARCHAR)`)
}

/** Fills in the lines of a file's rejects. Where no value holds a newline this is a sum; otherwise each record is looked up. */
export async function setRejectLines(engine: SetEngine, index: number, survey: Survey): Promise<void> {
  const [first, ...others] = survey.lineShifts
  for (const table of rejectTables) {
    if (others.length === 0 && survey.lines === undefined) {
      await engine.run(`UPDATE ${table} SET line = source_record + ${first?.shift ?? 0} WHERE source_file = ${index}`)
      continue
    }
    const rejected = `SELECT DISTINCT source_record AS record FROM ${table} WHERE source_file = ${index} ORDER BY 1`
    for await (const batch of engine.batches<{ record: number }>(rejected)) {
      const lines = batch.map(({ record }) => `(${record}, ${physicalLine(survey, record)})`).join(', ')
      await engine.run(`UPDATE ${table} SET line = place.line FROM (VALUES ${lines}) AS place(record, line)
        WHERE source_file = ${index} AND source_record = place.record`)
    }
  }
}

/** Records that could not be split into the contract's columns. Their text, hashed, is the only key they have. */
export async function rejectUnsplit(engine: SetEngine, index: number, table: string, personal: boolean): Promise<void> {
  await engine.run(`
    INSERT INTO reject
    SELECT ${index}, record, NULL, '(record)', ${personal ? 'NULL' : 'raw'}, 'DATA-TYPE', 'has ' || reason, 'text ' || md5(raw)
    FROM ${table}_reject`)
}

/** Says of records that were unfit before anything was read what is wrong with them, and takes away what made them so: all from `mark` on. */
export async function explainUnfit(
  engine: SetEngine,
  table: string,
  unfit: ReadonlyMap<number, string>,
  mark: string,
): Promise<void> {
  if (unfit.size === 0) return
  const reasons = [...unfit].map(([record, why]) => `(${record}, ${literal(why)})`).join(', ')
  await engine.run(`
    UPDATE ${table}_reject SET reason = unfit.why, raw = left(raw, instr(raw, ${literal(mark)}) - 1)
    FROM (VALUES ${reasons}) AS unfit(record, why) WHERE ${table}_reject.record = unfit.record`)
}

/** Takes the last record out: the file ends in it, and nothing proves that it is whole. It may be unsplit, and then is out already. */
export async function rejectCutRecord(
  engine: SetEngine,
  index: number,
  table: string,
  { record, records }: Staged,
): Promise<void> {
  await engine.run(`
    DELETE FROM ${table} WHERE ${record} = ${records};
    INSERT INTO reject VALUES (${index}, ${records}, NULL, '(record)', NULL, 'FILE-TRUNCATED',
      'is the last and has no line end, so it may be cut', 'last record')`)
}
