import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { openTools } from '../../src/app/compose.js'
import { silent } from '../../src/app/progress.js'
import { type RunOutcome, runJobs } from '../../src/app/run-jobs.js'
import type { Tools } from '../../src/app/tools.js'
import { demoWorkspace, type NightTruth, simulateNight } from '../../src/simulate/index.js'
import { type FileRow, listExceptions, listFiles, type StoredException } from '../../src/state/index.js'

export const asOf = '2026-11-20'
export const job = 'receipt-to-invoice'

interface Settings {
  endpoints: Record<string, unknown>
  retention?: object
  deciders?: object[]
  partners: Record<string, { isa: { qualifier: string; id: string }[] }>
}

/** The demo's night on folders of this machine instead of a server: workspace in `folder`, drops in `drops`. */
export class DemoNight {
  readonly folder: string
  readonly drops: string

  private constructor(
    private readonly base: string,
    readonly truth: NightTruth,
  ) {
    this.folder = path.join(base, 'lakeside')
    this.drops = path.join(base, 'drops')
  }

  /** `kept`: which of the suppliers’ files are there, by name, or all; the extracts all are. */
  static async lay(
    seed: number,
    choose?: readonly string[] | ((truth: NightTruth) => readonly string[]),
  ): Promise<DemoNight> {
    const base = mkdtempSync(path.join(tmpdir(), 'matchbook-night-'))
    const night = new DemoNight(base, await simulateNight({ seed, asOf, folder: path.join(base, 'drops') }))
    const kept = typeof choose === 'function' ? choose(night.truth) : choose
    for (const supplier of ['medsupply', 'orthotech', 'carefirst']) {
      const outbound = path.join(night.drops, 'suppliers', supplier, 'outbound')
      for (const name of readdirSync(outbound))
        if (kept !== undefined && !kept.includes(name)) rmSync(path.join(outbound, name))
    }
    mkdirSync(night.folder)
    await demoWorkspace({ folder: night.folder, port: 22, fingerprint: `SHA256:${'A'.repeat(43)}`, keyFile: 'none' })
    night.change((settings) => {
      settings.endpoints = { exchange: { kind: 'local', folder: night.drops } }
    })
    return night
  }

  /** Edits matchbook.yaml. */
  change(edit: (settings: Settings) => void): void {
    const file = path.join(this.folder, 'matchbook.yaml')
    const settings: Settings = parse(readFileSync(file, 'utf8'))
    edit(settings)
    writeFileSync(file, stringify(settings, { aliasDuplicateObjects: false }))
  }

  options(dryRun = false) {
    return { workspace: this.folder, dryRun, progress: silent, logLevel: 'silent', logFormat: 'text' } as const
  }

  run(date = asOf): Promise<RunOutcome> {
    return runJobs({ ...this.options(), jobs: [job], all: false, asOf: date, failOn: undefined })
  }

  async with<T>(work: (tools: Tools) => Promise<T>): Promise<T> {
    const tools = await openTools(this.options(), 'look')
    try {
      return await work(tools)
    } finally {
      await tools.close()
    }
  }

  files(disposition?: FileRow['disposition']): Promise<FileRow[]> {
    return this.with(({ state }) =>
      listFiles(state.database, { limit: 1000, ...(disposition === undefined ? {} : { disposition }) }),
    )
  }

  exceptions(): Promise<StoredException[]> {
    return this.with(({ state }) => listExceptions(state.database))
  }

  /** What the ERP finds. */
  inbound(): string[] {
    return readdirSync(path.join(this.drops, 'erp', 'inbound')).sort()
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true })
  }
}
