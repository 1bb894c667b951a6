import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { S3Keys, S3Place } from '../../src/exchange/s3/s3-place.js'

/** A private OpenStack Swift with its S3 interface, on loopback and in a folder of its own. */
export interface S3Server {
  readonly port: number
  readonly keys: S3Keys
  /** A prefix that nobody has used, in a bucket that is there. */
  place(options?: Partial<S3Place>): S3Place
  /** Puts bytes there by hand, under any key. */
  write(key: string, bytes: string): Promise<void>
  stop(): Promise<void>
}

const python = '/usr/bin/python3'
const packages = '/usr/lib/python3/dist-packages/swift'

/** For the name of what is skipped. */
export const withoutS3 =
  'skipped: no S3 server here (apt-get install -y --no-install-recommends swift-proxy swift-account swift-container swift-object)'
export const hasS3 = existsSync(packages)

const BUCKET = 'archive'
const keys: S3Keys = { accessKey: 'lakeside:matchbook', secretKey: 'secret-of-lakeside' }
let prefixes = 0

export async function startS3(): Promise<S3Server> {
  // As in S3Objects.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
  if (!hasS3) throw new Error(withoutS3)
  const folder = mkdtempSync(path.join(tmpdir(), 'matchbook-s3-'))
  const server = spawn(python, [path.join(import.meta.dirname, 's3-server.py'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const atExit = (): void => void server.kill('SIGKILL')
  process.once('exit', atExit)
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(server.stdout).once('line', (line) => resolve(Number(line)))
    server.once('exit', (code) => reject(new Error(`the S3 server ended with ${code}`)))
  })
  const place = (options: Partial<S3Place> = {}): S3Place => ({
    bucket: BUCKET,
    prefix: `lakeside/w${++prefixes}`,
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    pathStyle: true,
    tries: 5,
    caFile: undefined,
    encryption: undefined,
    ...options,
  })
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: keys.accessKey, secretAccessKey: keys.secretKey },
    forcePathStyle: true,
  })
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }))
  return {
    port,
    keys,
    place,
    async write(key, bytes) {
      await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: bytes }))
    },
    async stop() {
      client.destroy()
      process.off('exit', atExit)
      server.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
