import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type RunOutcome, runJobs } from '../../src/app/run-jobs.js'
import type { Tools } from '../../src/app/tools.js'
import { init } from '../../src/app/workspace/init.js'
import { type InterchangeToWrite, writeInterchange } from '../../src/formats/x12/index.js'
import { listExceptions, type StoredException } from '../../src/state/index.js'
import { exchange, openX12Tools, quietly } from './x12-exchange.js'

/** A workspace on folders, whose partner medsupply sends 810 and gets acknowledgments as `x12` says (YAML in one line). */
export class X12Workspace {
  readonly #base = mkdtempSync(path.join(tmpdir(), 'matchbook-x12-'))
  readonly folder = path.join(this.#base, 'lakeside')

  static async make(x12: string): Promise<X12Workspace> {
    const workspace = new X12Workspace()
    await init({ folder: workspace.folder, name: 'Lakeside', jobs: [] })
    const settings = path.join(workspace.folder, 'matchbook.yaml')
    const yaml = readFileSync(settings, 'utf8')
    const agreed = yaml.replace('name: MedSupply Distribution\n', (line) => `${line}    x12: ${x12}\n`)
    if (agreed === yaml) throw new Error('the scaffold has no medsupply')
    writeFileSync(settings, agreed)
    const job = path.join(workspace.folder, 'jobs', 'receipt-to-invoice.yaml')
    writeFileSync(job, readFileSync(job, 'utf8').replaceAll('after: {', 'stable-seconds: 0, after: {'))
    mkdirSync(workspace.acknowledgments, { recursive: true })
    return workspace
  }

  get drop(): string {
    return path.join(this.folder, 'drops', 'suppliers', 'medsupply', 'outbound')
  }

  get acknowledgments(): string {
    return path.join(this.folder, 'drops', 'suppliers', 'medsupply', 'inbound')
  }

  /** A file as the partner would leave it. */
  put(name: string, content: string | Buffer): void {
    mkdirSync(this.drop, { recursive: true })
    writeFileSync(path.join(this.drop, name), content)
  }

  run(): Promise<RunOutcome> {
    return runJobs({
      ...quietly,
      workspace: this.folder,
      jobs: ['receipt-to-invoice'],
      all: false,
      asOf: '2026-11-20',
      failOn: undefined,
    })
  }

  exchange(): Promise<void> {
    return this.with(exchange)
  }

  /** What the partner finds, name and text; a run's temporary files are not among it. */
  answers(): [name: string, text: string][] {
    return readdirSync(this.acknowledgments)
      .sort()
      .map((name) => [name, readFileSync(path.join(this.acknowledgments, name), 'utf8')])
  }

  async with<T>(work: (tools: Tools) => Promise<T>): Promise<T> {
    const tools = await openX12Tools(this.folder)
    try {
      return await work(tools)
    } finally {
      await tools.close()
    }
  }

  exceptions(): Promise<StoredException[]> {
    return this.with(({ state }) => listExceptions(state.database))
  }

  remove(): void {
    rmSync(this.#base, { recursive: true, force: true })
  }
}

const invoice = (control: string, number: string) => ({
  set: '810',
  control,
  segments: [
    ['BIG', '20261119', number, '20261112', '4500017'],
    ['N1', 'RE', 'MEDSUPPLY DISTRIBUTION', '1', '054321987'],
    ['ITD', '01', '3', '1', '', '10', '', '30'],
    ['IT1', '1', '10', 'BX', '12.5', '', 'IN', '100234', 'VN', 'AB-77'],
    ['TDS', '12500'],
    ['CTT', '1'],
  ],
})

const fromMedsupply = {
  sender: { qualifier: '01', id: '054321987' },
  receiver: { qualifier: '01', id: '081123450' },
  usage: 'P',
  version: '004010',
  date: '2026-11-19',
  time: '2114',
  delimiters: { newline: '\n' },
} as const

/** Two invoices of medsupply under an interchange control number. */
export const invoices = (control: number, change: Partial<InterchangeToWrite> = {}): string =>
  writeInterchange({
    ...fromMedsupply,
    control,
    groups: [
      {
        functionalId: 'IN',
        sender: '054321987',
        receiver: '081123450',
        control,
        transactions: [invoice('0001', `INV-${control}-1`), invoice('0002', `INV-${control}-2`)],
      },
    ],
    ...change,
  }).toString()

/** A 997 or a TA1 of medsupply. */
export const answerOf = (control: number, segments: readonly (readonly string[])[], ta1?: readonly string[]): string =>
  writeInterchange({
    ...fromMedsupply,
    control,
    services: ta1 === undefined ? [] : [ta1],
    groups:
      segments.length === 0
        ? []
        : [
            {
              functionalId: 'FA',
              sender: '054321987',
              receiver: '081123450',
              control,
              transactions: [{ set: '997', control: '0001', segments }],
            },
          ],
  }).toString()
