import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import pLimit from 'p-limit'
import { MatchbookError } from '../../errors/index.js'
import type { Stored } from '../archive.js'
import { defaultRetry, Retry } from '../retry/retry.js'
import { endedBySilence } from './ended-by-silence.js'
import { s3Error } from './s3-error.js'
import { bucketText, hashOf, keyOf, keysOf, type S3Keys, type S3Place } from './s3-place.js'

export interface S3Options {
  /** Milliseconds before the first new try. */
  readonly pause?: number
  /** In place of those of the settings. */
  readonly tries?: number
  /** Bytes from which on a file goes in parts, and of a part. */
  readonly partSize?: number
  /** Milliseconds of silence that end a request. */
  readonly silent?: number
}

/** What an object is made of: bytes in memory, or a file that nobody changes. */
export type Source = Buffer | { readonly file: string; readonly size: number }

/** Requests under way at a time: what hides the way to a far server from many small files. */
const SIDE_BY_SIDE = 32
/** Parts in memory at a time. */
const PARTS_AT_ONCE = 4
const PART = 16 * 1024 * 1024
/** The most that S3 takes. */
const MOST_PARTS = 10_000
/** Below that it is quicker to send the bytes again than to ask for them first. */
const ASKED_FOR = 1024 * 1024
/** Milliseconds. */
const [TO_CONNECT, SILENT] = [10_000, 60_000]

/** Objects under their hashes. Whatever is sent is sent with its hash, which the server holds the bytes against. */
export class S3Objects {
  readonly #client: S3Client
  readonly #limit = pLimit(SIDE_BY_SIDE)
  readonly #parts = pLimit(PARTS_AT_ONCE)
  readonly #retry: Retry
  readonly #partSize: number
  readonly #encryption
  readonly #silent: number

  constructor(
    readonly place: S3Place,
    keys: S3Keys,
    { pause = defaultRetry.pause, partSize = PART, tries = place.tries, silent = SILENT }: S3Options = {},
  ) {
    this.#partSize = partSize
    this.#silent = silent
    this.#retry = new Retry({ ...defaultRetry, tries, pause, budget: 500 })
    this.#encryption =
      place.encryption === undefined
        ? {}
        : { ServerSideEncryption: place.encryption.algorithm, SSEKMSKeyId: place.encryption.key }
    // It would tell whoever runs us, on standard error, that its versions of 2027 need a newer Node; ours is pinned.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
    this.#client = new S3Client({
      region: place.region,
      forcePathStyle: place.pathStyle,
      ...(place.endpoint === undefined ? {} : { endpoint: place.endpoint }),
      credentials: { accessKeyId: keys.accessKey, secretAccessKey: keys.secretKey },
      // Ours tell apart what trying again may help.
      maxAttempts: 1,
      // The hash in the signature does more, and older servers know no other.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: {
        connectionTimeout: TO_CONNECT,
        socketTimeout: silent,
        httpAgent: { maxSockets: SIDE_BY_SIDE + PARTS_AT_ONCE },
        httpsAgent: { maxSockets: SIDE_BY_SIDE + PARTS_AT_ONCE, ...authority(place) },
      },
    })
  }

  close(): void {
    this.#client.destroy()
  }

  /** Whole and in its place when this returns; put again it is the same. @throws ARCHIVE-UNREACHABLE, ARCHIVE-REFUSED */
  async put(sha256: string, source: Source): Promise<void> {
    const size = sizeOf(source)
    if (size >= ASKED_FOR && (await this.#sizeOf(sha256)) === size) return
    if (Buffer.isBuffer(source) || size <= this.#partSize) await this.#putWhole(sha256, source)
    else await this.#putInParts(sha256, source)
  }

  #putWhole(sha256: string, source: Source): Promise<void> {
    return this.#ask(`putting ${sha256}`, async () => {
      const Body = Buffer.isBuffer(source) ? source : createReadStream(source.file, { highWaterMark: 256 * 1024 })
      const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64')
      const command = new PutObjectCommand({
        ...this.#named(sha256),
        ...this.#encryption,
        Body,
        ContentLength: sizeOf(source),
        ChecksumSHA256,
      })
      command.middlewareStack.add(signedWith(sha256), { step: 'build' })
      await this.#client.send(command)
    })
  }

  /** Of a large file so many parts are in memory at a time. One that is cut off is given up by name, or by who sweeps. */
  async #putInParts(sha256: string, { file, size }: Exclude<Source, Buffer>): Promise<void> {
    const named = this.#named(sha256)
    const UploadId = await this.#ask(`putting ${sha256}`, async () => {
      const begun = await this.#client.send(new CreateMultipartUploadCommand({ ...named, ...this.#encryption }))
      return begun.UploadId
    })
    const length = Math.max(this.#partSize, Math.ceil(size / MOST_PARTS))
    const handle = await open(file)
    let failed = false
    const part = async (n: number): Promise<{ ETag: string | undefined; PartNumber: number }> => {
      // What is begun after a failure would be for nothing.
      if (failed) throw new Error('an earlier part failed')
      const PartNumber = n + 1
      const Body = Buffer.alloc(Math.min(length, size - n * length))
      await handle.read(Body, 0, Body.length, n * length)
      const ETag = await this.#ask(`putting part ${PartNumber} of ${sha256}`, async () => {
        const command = new UploadPartCommand({ ...named, UploadId, PartNumber, Body, ContentLength: Body.length })
        command.middlewareStack.add(signedWith(createHash('sha256').update(Body).digest('hex')), { step: 'build' })
        return (await this.#client.send(command)).ETag
      })
      return { ETag, PartNumber }
    }
    try {
      const numbers = Array.from({ length: Math.ceil(size / length) }, (_, n) => n)
      const Parts = await Promise.all(
        numbers.map((n) =>
          this.#parts(() => part(n)).catch((error: unknown) => {
            failed = true
            throw error
          }),
        ),
      )
      await this.#ask(`completing ${sha256}`, () =>
        this.#client.send(new CompleteMultipartUploadCommand({ ...named, UploadId, MultipartUpload: { Parts } })),
      )
      const stands = await this.#sizeOf(sha256)
      if (stands !== size)
        throw new MatchbookError(
          'ARCHIVE-DAMAGED',
          `${bucketText(this.place)}: ${sha256} has ${stands ?? 'no'} bytes after ${size} were put`,
        )
    } catch (error) {
      failed = true
      await this.#client.send(new AbortMultipartUploadCommand({ ...named, UploadId })).catch(() => {})
      throw error
    } finally {
      await handle.close()
    }
  }

  /** @throws ARCHIVE-MISSING, ARCHIVE-UNREACHABLE, ARCHIVE-REFUSED; what breaks off later is an error of the stream */
  get(sha256: string): Promise<Readable> {
    return this.#find(`reading ${sha256}`, sha256, async (named) => {
      const { Body } = await this.#client.send(new GetObjectCommand(named))
      return endedBySilence(Body as IncomingMessage, this.#silent)
    })
  }

  /** The same until all of it was taken by `take`, from its beginning at each try. */
  getWhole<T>(sha256: string, take: (bytes: Readable) => Promise<T>): Promise<T> {
    return this.#find(`reading ${sha256}`, sha256, async (named) => {
      const { Body } = await this.#client.send(new GetObjectCommand(named))
      return take(endedBySilence(Body as IncomingMessage, this.#silent))
    })
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.#sizeOf(sha256)) !== undefined
  }

  async remove(sha256: string): Promise<void> {
    for (const Key of keysOf(this.place, sha256)) {
      const command = new DeleteObjectCommand({ Bucket: this.place.bucket, Key })
      await this.#ask(`removing ${sha256}`, () => this.#client.send(command))
    }
  }

  async *stored(): AsyncGenerator<readonly Stored[]> {
    let ContinuationToken: string | undefined
    do {
      const page = await this.#ask('listing', () =>
        this.#client.send(
          new ListObjectsV2Command({
            Bucket: this.place.bucket,
            Prefix: `${this.place.prefix}/`,
            ContinuationToken,
          }),
        ),
      )
      yield (page.Contents ?? []).flatMap(({ Key = '', LastModified }) => {
        const sha256 = hashOf(this.place, Key)
        return sha256 === undefined ? [] : [{ sha256, at: async () => LastModified?.getTime() ?? Date.now() }]
      })
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken !== undefined)
  }

  /** Lets go of the parts of large files that were begun before that, milliseconds since 1970, and never came to an end. */
  async giveUpParts(before: number): Promise<void> {
    const { bucket: Bucket, prefix } = this.place
    const { Uploads = [] } = await this.#ask('listing uploads', () =>
      this.#client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: `${prefix}/` })),
    )
    for (const { Key, UploadId, Initiated } of Uploads) {
      if (Initiated === undefined || Initiated.getTime() >= before) continue
      await this.#ask('giving up an upload', () =>
        this.#client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })),
      )
    }
  }

  /** Bytes; undefined when there is none. */
  #sizeOf(sha256: string): Promise<number | undefined> {
    return this.#find(`asking for ${sha256}`, sha256, async (named) => {
      const { ContentLength } = await this.#client.send(new HeadObjectCommand(named))
      return ContentLength
    }).catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw error
    })
  }

  #named(sha256: string): Named {
    return { Bucket: this.place.bucket, Key: keyOf(this.place, sha256) }
  }

  /** Asks for each name that the bytes may have. */
  async #find<T>(what: string, sha256: string, ask: (named: Named) => Promise<T>): Promise<T> {
    const { bucket: Bucket } = this.place
    const [now, before] = keysOf(this.place, sha256)
    try {
      return await this.#ask(what, () => ask({ Bucket, Key: now }))
    } catch (error) {
      if (!isMissing(error)) throw error
      return this.#ask(what, () => ask({ Bucket, Key: before }))
    }
  }

  #ask<T>(what: string, work: () => Promise<T>): Promise<T> {
    return this.#limit(() =>
      this.#retry.run(isUnreachable, () =>
        work().catch((error: unknown) => {
          throw s3Error(error, this.place, what)
        }),
      ),
    )
  }
}

interface Named {
  readonly Bucket: string
  readonly Key: string
}

const isMissing = (error: unknown): boolean => error instanceof MatchbookError && error.code === 'ARCHIVE-MISSING'
const isUnreachable = (error: unknown): boolean =>
  error instanceof MatchbookError && error.code === 'ARCHIVE-UNREACHABLE'

const sizeOf = (source: Source): number => (Buffer.isBuffer(source) ? source.length : source.size)

/** @throws ARCHIVE-REFUSED when it cannot be read */
function authority({ caFile }: S3Place): { readonly ca?: Buffer } {
  if (caFile === undefined) return {}
  try {
    return { ca: readFileSync(caFile) }
  } catch (cause) {
    throw new MatchbookError('ARCHIVE-REFUSED', `${caFile} cannot be read`, {
      cause,
      hint: 'Name the certificate of your authority in archive.s3.ca',
    })
  }
}

interface Signed {
  readonly request: unknown
}

/** The hash becomes part of the signature: a server that gets other bytes refuses them. */
const signedWith =
  (sha256: string) =>
  <Args extends Signed, Output>(next: (args: Args) => Promise<Output>) =>
  (args: Args): Promise<Output> => {
    const { headers } = args.request as { headers: Record<string, string> }
    headers['x-amz-content-sha256'] = sha256
    return next(args)
  }
