import path from 'node:path'
import type { Drop, JobSettings } from '../../config/index.js'
import type { PullLedger } from '../../exchange/index.js'
import {
  dropsAt,
  leftAt,
  recordFiles,
  replaceLeft,
  type StateDatabase,
  saveGap,
  settleDrops,
  streamAt,
  streamTook,
} from '../../state/index.js'
import type { Run } from '../run.js'
import type { Tools } from '../tools.js'
import { leftAtDrop, streamsAtDrop } from './drops-of.js'

/** What the store remembers of one drop of a job. */
export function dropLedger(
  run: Pick<Run, 'id'>,
  job: JobSettings,
  input: string,
  drop: Drop,
  tools: Tools,
  database: StateDatabase = tools.state.database,
): PullLedger {
  const place = { job: job.job, input, endpoint: drop.endpoint, folder: drop.folder }
  const partner = drop.partner ?? null
  const left = leftAtDrop(job, input, drop)
  const stream = (name: string) => ({ ...streamsAtDrop(job, input, drop), stream: name })
  const lateAt = (since: string): string => new Date(Date.parse(since) + drop['wait-hours'] * 3_600_000).toISOString()

  async function leftBehind() {
    const rows = await leftAt(database, left)
    return new Map(
      rows.map(({ name, since, size, modified }) => [
        name,
        { since, ...(size === null ? {} : { size }), ...(modified === null ? {} : { modified }) },
      ]),
    )
  }

  return {
    async seen(endpoint, files) {
      const known = await dropsAt(
        database,
        endpoint,
        files.map(({ path }) => path),
      )
      return files.map(({ path, size, modified }) => {
        const row = known.get(path)
        if (row === undefined || row.size !== size || row.modified !== modified) return 'new'
        return row.settled_at === null ? 'taken' : 'settled'
      })
    },
    async record(files) {
      const rows = files.map(({ name, sha256, size, modified, path, folder, takenAt }) => {
        const looks = { folder, name, sha256, size, modified, path, partner, taken_at: takenAt }
        return { ...place, ...looks, run_id: run.id, records: null, accepted: null, rejected: null }
      })
      const booked = await recordFiles(database, rows, job.inputs[input]?.kind === 'extract')
      return booked.map(({ disposition }) => (disposition === 'taken' ? 'new' : 'duplicate'))
    },
    settled: (endpoint, paths) => settleDrops(database, endpoint, paths, tools.now()),
    together: (paths, work) => {
      // What was taken before decides what becomes of a file: by this input, of the same partner (what is of nobody in particular is not
      // taken while shares are), or by anybody from these folders.
      const folders = new Set(paths.map((file) => path.posix.dirname(file)))
      const scopes = [
        `files of ${job.job} ${input} of ${partner ?? ''}`,
        ...[...folders].map((folder) => `drops at ${drop.endpoint} ${folder}`),
      ]
      return tools.state.besideOthers(scopes, (inOne) => work(dropLedger(run, job, input, drop, tools, inOne)))
    },
    leftBehind,
    async leave(skipped) {
      const before = await leftBehind()
      const rows = skipped.map(({ name, reason, size, modified }) => {
        const known = before.get(name)
        const isSame = known !== undefined && known.size === size && known.modified === modified
        // Seen first by a clock that went ahead and was put back: the wait begins anew, or it would never end.
        const since = isSame && known.since <= tools.now() ? known.since : tools.now()
        return {
          ...left,
          name,
          partner,
          size: size ?? null,
          modified: modified ?? null,
          reason,
          since,
          late_at: lateAt(since),
        }
      })
      await replaceLeft(database, left, rows)
    },
    streamAt: (name) => streamAt(database, stream(name)),
    streamTook: (name, number, at) => streamTook(database, stream(name), number, at),
    async streamMisses({ stream: name, first, last, naming, shownBy }) {
      const gap = { first, last, ...naming, shown_by: shownBy, partner, since: tools.now() }
      await saveGap(database, { ...stream(name), ...gap })
    },
  }
}
