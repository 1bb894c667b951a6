import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api'
import type { Cell, SetEngine } from '../../canonical/index.js'
import { cellConverter } from './cells.js'

export interface EngineOptions {
  /** As DuckDB writes it, for example "1GB". Beyond it work spills to tempFolder; DuckDB may pass it by about a third. */
  readonly memoryLimit?: string
  readonly tempFolder?: string
  readonly threads?: number
}

/**
 * Opens DuckDB in memory; the library is loaded here and nowhere else, as it costs 0.1 s.
 *
 * `rows` reads a result whole. `batches` streams over a connection of its own, so statements may run while it is read;
 * temporary tables and SET VARIABLE of the main connection are not seen there (make ordinary tables: all is in memory).
 * A statement that fails is a plain Error naming DuckDB's reason and the start of the SQL: a defect, not the operator's to mend.
 */
export async function openDuckDb(options: EngineOptions = {}): Promise<SetEngine> {
  const duckdb = await import('@duckdb/node-api')
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    // Nothing is ever fetched from the network behind the operator's back.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // A database in memory has nothing to write down; folding each large update into its table by and by costs more than it frees.
    checkpoint_threshold: '1TB',
    ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
    ...(options.tempFolder === undefined ? {} : { temp_directory: options.tempFolder }),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  })
  const main = await instance.connect()
  const convert = cellConverter(duckdb)
  let isClosed = false

  const records = <T extends object>(result: DuckDBResult, chunk: DuckDBDataChunk): T[] => {
    const names = result.deduplicatedColumnNames()
    const columns = names.map((_, index) => chunk.convertColumnValues(index, convert))
    return Array.from({ length: chunk.rowCount }, (_, row) => {
      const record: Record<string, Cell> = {}
      for (const [index, name] of names.entries()) record[name] = columns[index]?.[row] ?? null
      return record as T
    })
  }

  return {
    async run(sql) {
      await failing(sql, () => main.run(sql))
    },
    async rows<T extends object>(sql: string): Promise<T[]> {
      return failing(sql, async () => {
        const result = await main.run(sql)
        const chunks = await result.fetchAllChunks()
        return chunks.flatMap((chunk) => records<T>(result, chunk))
      })
    },
    async *batches<T extends object>(sql: string): AsyncGenerator<T[]> {
      const connection = await instance.connect()
      try {
        const result = await failing(sql, () => connection.stream(sql))
        for (;;) {
          const chunk = await failing(sql, () => result.fetchChunk())
          if (chunk === null || chunk.rowCount === 0) return
          yield records<T>(result, chunk)
        }
      } finally {
        connection.closeSync()
      }
    },
    interrupt() {
      main.interrupt()
    },
    async close() {
      if (isClosed) return
      isClosed = true
      main.closeSync()
      instance.closeSync()
    },
  }
}

async function failing<T>(sql: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${reason} (in SQL: ${sql.trim().slice(0, 300)})`, { cause })
  }
}
