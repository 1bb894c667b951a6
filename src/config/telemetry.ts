import { z } from 'zod'
import { SecretReference } from './scalars.js'

const url = z.string().regex(/^https?:\/\/\S+$/, 'an address that begins with https:// or http://')

const headers = z
  .record(
    z.string().regex(/^[A-Za-z0-9-]+$/, 'the name of an HTTP header, for example Authorization'),
    SecretReference.describe('the value, whole: for example "Bearer ..."'),
  )
  .default({})
  .describe('HTTP headers that the server asks for, by name')

const seconds = z
  .int()
  .min(1)
  .max(60)
  .default(5)
  .describe('a server that has not answered by then is left alone, with a warning; the night goes on')

/** What other systems are told of runs. Names, counts and times; never a value of a file. */
export const Telemetry = z.strictObject({
  openlineage: z
    .strictObject({
      namespace: z.string().min(1).default('matchbook').describe('of the jobs, as the lineage server lists them'),
      file: z
        .string()
        .min(1)
        .optional()
        .describe('events are added to it, one JSON object a line; relative to the workspace, or absolute'),
      url: url.optional().describe('events are sent there by POST, for example https://host/api/v1/lineage'),
      headers,
      'timeout-seconds': seconds,
    })
    .optional()
    .describe('OpenLineage: which run read what and wrote what'),
  opentelemetry: z
    .strictObject({
      url: url.describe('of a collector, OTLP over HTTP in JSON, for example http://localhost:4318/v1/traces'),
      headers,
      'timeout-seconds': seconds,
    })
    .optional()
    .describe('OpenTelemetry: a span for each run and for each of its steps'),
})
export type Telemetry = z.infer<typeof Telemetry>
