import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { doctor } from '../../src/app/doctor/doctor.js'
import { measure } from '../../src/app/metrics/measure.js'
import { sendByHand } from '../../src/app/notify/send-by-hand.js'
import { silent } from '../../src/app/progress.js'
import { runJobs } from '../../src/app/run-jobs.js'
import { status } from '../../src/app/status.js'
import type { LineageEvent } from '../../src/app/telemetry/lineage-event.js'
import { uuidOf } from '../../src/app/telemetry/lineage-event.js'
import { traceIdOf } from '../../src/app/telemetry/trace-run.js'
import { workspaceOptions } from '../../src/app/workspace/workspace-options.js'
import { statusText } from '../../src/commands/render/status.js'
import { formatProblems, loadWorkspace } from '../../src/config/index.js'
import { queueLineageEvent, waitingLineageEvents } from '../../src/state/index.js'
import { edit, options, smallNight, sql } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

interface Received {
  readonly path: string
  readonly authorization: string | undefined
  readonly body: string
}

interface Span {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly status: { readonly code: number }
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[]
}

let workspace: X12Workspace
let server: Server
let received: Received[] = []
/** How the server answers, by path; 0 for never. */
let answers: Record<string, number> = {}
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url = '', headers } = request
      received.push({ path: url, authorization: headers.authorization, body: Buffer.concat(chunks).toString() })
      const answer = answers[url] ?? 200
      if (answer > 0) response.writeHead(answer, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  vi.stubEnv('LINEAGE_TOKEN', 'Bearer s3cret-of-lineage')
  workspace = await smallNight()
  edit(
    workspace,
    'matchbook.yaml',
    (yaml) => `${yaml}telemetry:
  openlineage:
    namespace: lakeside
    file: lineage/events.ndjson
    url: ${address}/api/v1/lineage
    headers: { Authorization: { env: LINEAGE_TOKEN } }
    timeout-seconds: 1
  opentelemetry: { url: ${address}/v1/traces, timeout-seconds: 1 }
`,
  )
  workspace.put('first.810', invoices(101))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  workspace.remove()
})

const sent = (place: string) => received.filter((one) => one.path === place)
const events = () => sent('/api/v1/lineage').map(({ body }) => JSON.parse(body) as LineageEvent)
const spans = (): Span[] =>
  sent('/v1/traces').flatMap(({ body }) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans as Span[])

describe('a dry run', () => {
  it('tells nobody anything', async () => {
    await runJobs({ ...options(workspace, true), jobs: [], all: true, asOf: '2026-11-20', failOn: undefined })
    expect(received).toEqual([])
  })
})

describe('a night', () => {
  let run: string
  beforeAll(async () => {
    run = (await workspace.run()).runs[0]?.run ?? ''
  })

  it('is a START and a COMPLETE with what was read and written, to the file and to the server alike', () => {
    const lines = readFileSync(path.join(workspace.folder, 'lineage', 'events.ndjson'), 'utf8')
      .trim()
      .split('\n')
    expect(sent('/api/v1/lineage').map(({ body }) => body)).toEqual(lines)
    expect(sent('/api/v1/lineage').every(({ authorization }) => authorization === 'Bearer s3cret-of-lineage')).toBe(
      true,
    )
    const [start, end] = events()
    expect([start?.eventType, end?.eventType]).toEqual(['START', 'COMPLETE'])
    expect(start?.run.runId).toBe(end?.run.runId)
    expect(start?.run.runId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(start?.schemaURL).toBe('https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent')
    expect(start?.producer).toMatch(/^urn:matchbook:\d/)
    expect(end?.job).toMatchObject({ namespace: 'lakeside', name: 'receipt-to-invoice' })
    expect(end?.run.facets.matchbook_run).toMatchObject({ run, filesTaken: 1, status: 'done' })
    const drops = path.join(workspace.folder, 'drops')
    expect(end?.inputs.map(({ name }) => name)).toContain(`${drops}/erp/lawson/extracts/lawson-po-lines`)
    const load = end?.outputs.find(({ name }) => name.endsWith('/ApInvoicesInterface.csv'))
    expect(load?.facets.schema?.fields).toContainEqual({ name: 'INVOICE_NUM', type: 'text' })
    for (const { facets } of [...(end?.inputs ?? []), ...(end?.outputs ?? [])]) {
      for (const facet of Object.values(facets)) expect(facet._schemaURL).toMatch(/^https:\/\/openlineage\.io\/spec\//)
    }
  })

  it('is one trace: a span of the run, and one below it for each step in the time it took', () => {
    const all = spans()
    const root = all.find(({ name }) => name === 'run receipt-to-invoice')
    const steps = all.filter(({ name }) => name.startsWith('step '))
    expect(steps.map(({ name }) => name.slice(5))).toEqual(
      expect.arrayContaining(['pull', 'read', 'check', 'match', 'settle', 'load', 'report', 'push']),
    )
    expect(all.every(({ traceId }) => traceId === traceIdOf(run))).toBe(true)
    for (const step of steps) {
      expect(step.parentSpanId).toBe(root?.spanId)
      expect(BigInt(step.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(root?.startTimeUnixNano ?? 0))
      expect(BigInt(step.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(root?.endTimeUnixNano ?? 0))
    }
    expect(root?.attributes).toContainEqual({ key: 'matchbook.files_taken', value: { intValue: 1 } })
  })

  it('tells no value of a file, and no secret', () => {
    const everything = received.map(({ body }) => body).join('\n')
    expect(everything.length).toBeGreaterThan(10_000)
    expect(everything).not.toContain('s3cret-of-lineage')
    expect(everything).not.toContain('first.810')
    expect(everything).not.toMatch(/MSI-\d|PO-?\d{4}/)
  })
})

describe('a night that fails', () => {
  it('is a FAIL with the code of the error and never its words, and a span that says which step it was', async () => {
    received = []
    const reports = path.join(workspace.folder, 'state', 'reports')
    renameSync(reports, `${reports}.away`)
    writeFileSync(reports, 'in the way')
    await expect(workspace.run()).rejects.toThrow()
    rmSync(reports)
    renameSync(`${reports}.away`, reports)
    const end = events().at(-1)
    expect(end?.eventType).toBe('FAIL')
    expect(end?.outputs).toEqual([])
    expect(end?.run.facets.errorMessage?.message).toMatch(/^[A-Z-]+$/)
    expect(spans().find(({ name }) => name === 'step report')?.status.code).toBe(2)
  })
})

describe('servers that take nothing, one that refuses and one that never answers', () => {
  it('cost a moment and a warning, and the night is as it would be', async () => {
    answers = { '/api/v1/lineage': 503, '/v1/traces': 0 }
    workspace.put('second.810', invoices(202))
    const begun = performance.now()
    const { runs } = await workspace.run()
    expect(runs[0]?.files.taken).toBe(1)
    expect(performance.now() - begun).toBeLessThan(8000)
  })
})

describe('an OpenLineage server that was away', () => {
  const kept = () => sql(workspace, 'SELECT status, attempts FROM lineage_events ORDER BY id')
  const isTimeForTheNextTry = () => sql(workspace, "UPDATE lineage_events SET not_before = '2000-01-01T00:00:00.000Z'")
  const notifySend = () =>
    sendByHand({ workspace: workspace.folder, again: false, progress: silent, logLevel: 'silent', logFormat: 'text' })
  const seen = async () => {
    const reading = await openReading(workspace.folder)
    const [now, samples] = await Promise.all([status(reading), measure(reading)]).finally(() => reading.state.close())
    const waiting = samples.find(
      ({ metric, labels }) => metric === 'matchbook_lineage_events' && labels.status === 'waiting',
    )
    return { lineage: now.lineage, text: statusText(now), waiting: waiting?.value }
  }

  it('is not asked again by each run, and everybody is told what waits', async () => {
    // Of the night above, whose server answered 503.
    const asked = sent('/api/v1/lineage').length
    await workspace.run()
    expect(sent('/api/v1/lineage')).toHaveLength(asked)
    expect(kept()).toEqual([
      { status: 'waiting', attempts: 1 },
      ...Array.from({ length: 3 }, () => ({ status: 'waiting', attempts: 0 })),
    ])
    const { lineage, text, waiting } = await seen()
    expect(lineage).toMatchObject({ waiting: 4, refused: 0, lastError: expect.stringContaining('503') })
    expect(text).toContain('OpenLineage has not taken 4 events')
    expect(waiting).toBe('4')
    const { checks } = await doctor(workspace.folder, { connect: false, write: false })
    expect(checks.find(({ subject }) => subject === 'OpenLineage')).toMatchObject({ state: 'warning' })
  })

  it('gets what it missed when it is back: all, once, in order, and before what comes after', async () => {
    answers = {}
    received = []
    isTimeForTheNextTry()
    await workspace.run()
    const all = events()
    expect(all.map(({ eventType }) => eventType)).toEqual([
      'START',
      'COMPLETE',
      'START',
      'COMPLETE',
      'START',
      'COMPLETE',
    ])
    const lines = readFileSync(path.join(workspace.folder, 'lineage', 'events.ndjson'), 'utf8')
      .trim()
      .split('\n')
    expect(sent('/api/v1/lineage').map(({ body }) => body)).toEqual(lines.slice(-6))
    expect(kept()).toEqual([])
    expect((await seen()).text).not.toContain('OpenLineage')
  })

  it('that will never take an event gets those behind it, and that one is told of', async () => {
    answers = { '/api/v1/lineage': 422 }
    await workspace.run()
    answers = {}
    received = []
    await workspace.run()
    expect(events().map(({ eventType }) => eventType)).toEqual(['START', 'COMPLETE'])
    expect((await seen()).lineage).toMatchObject({ waiting: 0, refused: 2 })
  })

  it('that stays away costs no more room than is set aside: the oldest is given up', async () => {
    await workspace.with(async ({ state }) => {
      const event = (n: number) => ({ run_id: `r${n}`, event: '{}', queued_at: '2026-11-20T00:00:00.000Z' })
      await state.database.deleteFrom('lineage_events').execute()
      const given: number[] = []
      for (const n of [1, 2, 3, 4]) given.push(await queueLineageEvent(state.database, event(n), 3))
      expect(given).toEqual([0, 0, 0, 1])
      expect((await waitingLineageEvents(state.database, 9)).map(({ run_id }) => run_id)).toEqual(['r2', 'r3', 'r4'])
    })
  })

  it('is told by notify send too, where no run comes', async () => {
    received = []
    expect(await notifySend()).toMatchObject({ exit: 0 })
    expect(sent('/api/v1/lineage').map(({ body }) => body)).toEqual(['{}', '{}', '{}'])
  })
})

describe('the settings of telemetry', () => {
  it('are wrong where events go nowhere', async () => {
    edit(workspace, 'matchbook.yaml', (yaml) => yaml.replace(/^ {4}(file|url): .*\n/gm, ''))
    const { problems } = await loadWorkspace(workspace.folder, workspaceOptions(workspace.folder))
    expect(formatProblems(problems)).toMatch(/matchbook\.yaml:\d+:\d+.*go nowhere/)
  })
})

it('the same run has the same UUID, another has another', () => {
  expect(uuidOf('a')).toBe(uuidOf('a'))
  expect(uuidOf('a')).not.toBe(uuidOf('b'))
})
