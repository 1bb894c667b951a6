import { z } from 'zod'
import { SecretReference } from './scalars.js'

/** Undefined: it can be used. Else what was expected, as a report puts it. */
function endpointMistake(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'an address as https://HOST:PORT'
  if (url.username !== '' || url.password !== '')
    return 'an address without a user, who belongs into access-key and secret-key as references'
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  return url.protocol === 'https:' || isHere ? undefined : 'https, since what is kept there is nobody else’s business'
}

const S3Endpoint = z.string({ error: 'an address as https://HOST:PORT' }).superRefine((text, context) => {
  const expected = endpointMistake(text)
  if (expected !== undefined) context.addIssue({ code: 'custom', message: expected })
})

const S3Settings = z.strictObject({
  bucket: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'the name of a bucket: 3 to 63 lower-case letters, digits, dots, hyphens',
    )
    .describe('it has to be there'),
  prefix: z
    .string()
    .regex(
      /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/,
      'a path without a slash at its ends, for example lakeside',
    )
    .describe(
      'what the names of the objects begin with; each workspace needs its own, since what it does not know there is removed',
    ),
  endpoint: S3Endpoint.optional().describe('address of the server; without it that of Amazon S3 for the region'),
  region: z.string().min(1).default('us-east-1').describe('as the server calls it; most of your own take us-east-1'),
  'path-style': z
    .boolean()
    .optional()
    .describe(
      'whether the bucket is part of the path and not of the name of the host; without it: yes where an endpoint is named',
    ),
  'access-key': SecretReference.describe('id of the key; it has to list, read, write and delete below the prefix'),
  'secret-key': SecretReference.describe('what belongs to it'),
  tries: z
    .int()
    .min(1)
    .max(20)
    .default(5)
    .describe('of a request that the server does not answer, with growing pauses, before the run is cut off'),
  ca: z
    .string()
    .min(1)
    .optional()
    .describe(
      'file with the certificate (PEM) of your own authority, relative to the workspace, where the server has one of it',
    ),
  'server-side-encryption': z
    .enum(['AES256', 'aws:kms'])
    .optional()
    .describe('what the server is asked to encrypt with; without it as the bucket is set'),
  'kms-key': z.string().min(1).optional().describe('for aws:kms: id of the key; without it the one of the bucket'),
})
export type S3Settings = z.infer<typeof S3Settings>

/** Where the bytes of what was taken in are kept. */
export const ArchiveSettings = z
  .strictObject({
    s3: S3Settings.describe('a bucket of an S3-compatible store; see docs/several-machines.md'),
    copies: z
      .string()
      .min(1)
      .optional()
      .describe(
        'folder for copies of what is in use, best on a disk of this machine; relative to the workspace, without it archive-copies of the state folder',
      ),
  })
  .describe('where the bytes of what was taken in are kept; without it in the state folder')
