import { z } from 'zod'
import { Name, SecretReference, TimeOfDay } from './scalars.js'

const Address = z
  .string()
  .regex(
    /^(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s,]+@[^<>@\s,]+)$/,
    'an e-mail address, for example ap@lakeside.example',
  )
  .meta({ title: 'An e-mail address' })

export const EmailChannel = z.strictObject({
  kind: z.literal('email').describe('e-mail over SMTP'),
  host: z.string().min(1).describe('mail server: name or address'),
  port: z.int().min(1).max(65535).default(587).describe('TCP port; 587 for starttls, 465 for tls'),
  security: z
    .enum(['starttls', 'tls', 'none'])
    .default('starttls')
    .describe('starttls: begins in the clear and must change to TLS; tls: from the first byte; none: no encryption'),
  'ca-file': z
    .string()
    .min(1)
    .optional()
    .describe('certificates the server may be signed by, PEM, relative to the workspace; without it those of Node'),
  login: z
    .strictObject({
      username: z.string().min(1).describe('account to log in with'),
      password: SecretReference.describe('the password'),
    })
    .optional()
    .describe('without it the server must take mail from this machine'),
  from: Address.describe('sender, for example Matchbook <matchbook@lakeside.example>'),
})
export type EmailChannel = z.infer<typeof EmailChannel>

export const WebhookChannel = z.strictObject({
  kind: z.literal('webhook').describe('HTTPS POST with a JSON body'),
  url: SecretReference.describe('the address; who knows it can post, so it is a secret'),
  format: z
    .enum(['teams', 'slack', 'json'])
    .describe('teams: an adaptive card; slack: text and blocks; json: everything by name'),
})
export type WebhookChannel = z.infer<typeof WebhookChannel>

export const FileChannel = z.strictObject({
  kind: z.literal('file').describe('a line of JSON in a file, for another program to read'),
  file: z.string().min(1).describe('relative to the workspace, or absolute'),
})
export type FileChannel = z.infer<typeof FileChannel>

export const ChannelSettings = z.discriminatedUnion('kind', [EmailChannel, WebhookChannel, FileChannel])
export type ChannelSettings = z.infer<typeof ChannelSettings>

/** Who is told what, and by which way. */
export const NotifySettings = z.strictObject({
  channels: z.record(Name, ChannelSettings).describe('ways to reach people, by name'),
  owners: z
    .record(
      z.string(),
      z.strictObject({
        channels: z.array(Name).min(1).describe('how they are reached'),
        email: z.array(Address).default([]).describe('beside the e-mail addresses of their queues'),
      }),
    )
    .default({})
    .describe(
      'by the name in owner of a queue, in to of escalate, or in operators; an owner who is not here gets e-mail at the addresses of the queues',
    ),
  operators: z
    .string()
    .min(1)
    .optional()
    .describe('the owner who hears of endpoints and of runs that failed; without it nobody does'),
  approvals: z
    .string()
    .min(1)
    .optional()
    .describe(
      'the owner who hears of loads that wait for approval, beside their approvers who are owners here; without any, the operators',
    ),
  'most-single': z
    .int()
    .min(0)
    .max(100)
    .default(5)
    .describe('when more causes than so many open or settle at once for an owner, they stand in the digest alone'),
  'digest-at': TimeOfDay.optional().describe(
    'the digest waits for this time of day; without it goes out when the runs of a command have ended',
  ),
  'workbooks-at': z
    .string()
    .regex(/\{file\}/, 'a link or path with {file}, for example https://files.lakeside.example/matchbook/{file}')
    .optional()
    .describe(
      'link or path at which people find a workbook; {file} is its name, {run} the run. Without it the path on this machine',
    ),
})
export type NotifySettings = z.infer<typeof NotifySettings>
