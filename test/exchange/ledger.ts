import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Looks, Missing, PullLedger, Skipped, TakenFile } from '../../src/exchange/index.js'

interface Place {
  readonly size: number
  readonly modified: string
  settled: boolean
}

/** A ledger in one JSON file, whole after a kill: it stands for the SQLite one, whose tests are its own. */
export class FileLedger implements PullLedger {
  readonly files: TakenFile[] = []
  readonly places: Record<string, Place> = {}
  readonly left: Record<string, Skipped & { since: string }> = {}
  readonly streams: Record<string, number> = {}
  readonly missing: Record<string, Missing> = {}

  /** ISO instant. */
  now = new Date().toISOString()

  private isTogether = false

  constructor(private readonly file?: string) {
    if (file !== undefined && existsSync(file)) Object.assign(this, JSON.parse(readFileSync(file, 'utf8')))
  }

  async seen(endpoint: string, files: readonly Looks[]) {
    return files.map(({ path, size, modified }) => {
      const place = this.places[`${endpoint} ${path}`]
      if (place?.size !== size || place.modified !== modified) return 'new'
      return place.settled ? 'settled' : 'taken'
    })
  }

  async record(files: readonly TakenFile[]) {
    const dispositions = files.map((file) => {
      // Nothing is booked whose bytes are not safe.
      const sha256 = createHash('sha256').update(readFileSync(file.archivePath)).digest('hex')
      if (sha256 !== file.sha256) throw new Error('booked before the archive has it')
      const known = this.files.some((earlier) => earlier.sha256 === file.sha256)
      this.files.push(file)
      this.places[`${file.endpoint} ${file.path}`] = { size: file.size, modified: file.modified, settled: false }
      return known ? ('duplicate' as const) : ('new' as const)
    })
    this.save()
    return dispositions
  }

  async settled(endpoint: string, paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const place = this.places[`${endpoint} ${path}`]
      if (place === undefined) throw new Error(`${path} was settled before it was booked`)
      place.settled = true
    }
    this.save()
  }

  async together<T>(_: readonly string[], work: (ledger: PullLedger) => Promise<T>): Promise<T> {
    const before = this.text()
    this.isTogether = true
    try {
      return await work(this)
    } catch (error) {
      Object.assign(this, JSON.parse(before))
      throw error
    } finally {
      this.isTogether = false
      this.save()
    }
  }

  async leftBehind() {
    return new Map(Object.entries(this.left))
  }

  async leave(skipped: readonly Skipped[]): Promise<void> {
    const before = { ...this.left }
    for (const name of Object.keys(before)) delete this.left[name]
    for (const one of skipped) {
      const known = before[one.name]
      const same = known?.size === one.size && known?.modified === one.modified
      this.left[one.name] = { ...one, since: same && known ? known.since : this.now }
    }
    this.save()
  }

  async streamAt(stream: string): Promise<number | undefined> {
    return this.streams[stream]
  }

  async streamTook(stream: string, number: number, at: number): Promise<void> {
    this.streams[stream] = at
    for (const [key, { first, last }] of Object.entries(this.missing)) {
      if (first === number && last === number) delete this.missing[key]
    }
    this.save()
  }

  async streamMisses(missing: Missing): Promise<void> {
    this.missing[`${missing.stream} ${missing.first}`] = missing
    this.save()
  }

  private save(): void {
    if (this.file === undefined || this.isTogether) return
    writeFileSync(`${this.file}.new`, this.text())
    renameSync(`${this.file}.new`, this.file)
  }

  private text(): string {
    const { files, places, left, streams, missing } = this
    return JSON.stringify({ files, places, left, streams, missing })
  }
}
