import { createHash, randomBytes } from 'node:crypto'
import { type Attributes, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base'
import type { JobSettings, Telemetry } from '../../config/index.js'
import type { RunRow } from '../../state/index.js'
import type { Tools } from '../tools.js'
import { countsOf } from './lineage-event.js'
import type { RunWatch } from './run-watch.js'
import { told } from './told.js'

type Settings = NonNullable<Telemetry['opentelemetry']>

/** A span for the run and one below it for each step, sent to a collector when the run ends or many have gathered. */
export function traceRun(
  settings: Settings,
  headers: Record<string, string>,
  job: JobSettings,
  run: RunRow,
  resumed: boolean,
  tools: Tools,
): RunWatch {
  const exporter = new WatchedExporter(
    new OTLPTraceExporter({ url: settings.url, headers, timeoutMillis: settings['timeout-seconds'] * 1000 }),
  )
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'matchbook',
      'service.version': tools.version,
      'host.name': tools.host,
      'process.pid': process.pid,
    }),
    sampler: new AlwaysOnSampler(),
    idGenerator: { generateTraceId: () => traceIdOf(run.id), generateSpanId: () => randomBytes(8).toString('hex') },
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
  const tracer = provider.getTracer('matchbook', tools.version)
  const facts: Attributes = { 'matchbook.run': run.id, 'matchbook.job': job.job, 'matchbook.kind': run.kind }
  const root = tracer.startSpan(`run ${job.job}`, {
    root: true,
    startTime: Date.now(),
    attributes: { ...facts, 'matchbook.as_of': run.as_of, 'matchbook.resumed': resumed },
  })
  const below = trace.setSpan(ROOT_CONTEXT, root)
  return {
    step({ name, startedAt, endedAt, said, failure }) {
      const span = tracer.startSpan(`step ${name}`, { startTime: startedAt, attributes: facts }, below)
      span.setAttribute('matchbook.step', name)
      if (said !== undefined) span.setAttribute('matchbook.said', said)
      if (failure !== undefined) {
        span.setAttribute('error.type', failure)
        span.setStatus({ code: SpanStatusCode.ERROR, message: failure })
      }
      span.end(endedAt)
    },
    async ended({ status, summary, failure }) {
      root.setAttribute('matchbook.status', status)
      for (const [name, count] of Object.entries(summary === undefined ? {} : countsOf(summary))) {
        root.setAttribute(`matchbook.${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`, count)
      }
      if (failure !== undefined) {
        root.setAttribute('error.type', failure)
        root.setStatus({ code: SpanStatusCode.ERROR, message: failure })
      }
      root.end()
      await told(settings.url, tools, async () => {
        await provider.shutdown()
        if (exporter.failure !== undefined) throw exporter.failure
      })
    },
  }
}

/** One trace a run, also where it was cut off and goes on in another process: 16 bytes in hex. */
export const traceIdOf = (runId: string): string =>
  createHash('sha256').update(`matchbook ${runId}`).digest('hex').slice(0, 32)

/** The processor tells only its own diagnostics of what was not taken; we want to say so. */
class WatchedExporter implements SpanExporter {
  failure: Error | undefined

  constructor(private readonly exporter: SpanExporter) {}

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.exporter.export(spans, (result) => {
      if (result.code !== 0) this.failure = result.error ?? new Error('it took no spans')
      done(result)
    })
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown()
  }
}
