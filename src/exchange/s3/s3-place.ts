import { placeInArchive, placesInArchive } from '../archive-places.js'

/** Where in which store the archive is; no secret is in it. */
export interface S3Place {
  readonly bucket: string
  /** Of one workspace only; without slashes at its ends. */
  readonly prefix: string
  /** https://...; without it that of AWS for the region. */
  readonly endpoint: string | undefined
  readonly region: string
  /** The bucket is part of the path of an address, and not of the name of the host. */
  readonly pathStyle: boolean
  /** Of a request that the server does not answer. */
  readonly tries: number
  /** PEM of the authority that signed the server's certificate, absolute; without it those of Node. */
  readonly caFile: string | undefined
  /** What the server is asked to encrypt with; without it as the bucket is set. */
  readonly encryption: { readonly algorithm: 'AES256' | 'aws:kms'; readonly key: string | undefined } | undefined
}

export interface S3Keys {
  readonly accessKey: string
  readonly secretKey: string
}

/** As below an archive in a folder: such a folder can be copied to the prefix as it is. */
export const keyOf = ({ prefix }: S3Place, sha256: string): string => placeInArchive(prefix, sha256)
/** That, and the one an older version gave. */
export const keysOf = ({ prefix }: S3Place, sha256: string): readonly [string, string] =>
  placesInArchive(prefix, sha256)

/** The hash that a key is of; undefined where it is none of ours. */
export function hashOf(place: S3Place, key: string): string | undefined {
  const sha256 = key.slice(-64)
  return /^[0-9a-f]{64}$/.test(sha256) && keysOf(place, sha256).includes(key) ? sha256 : undefined
}

/** For people. */
export const bucketText = ({ bucket, prefix }: S3Place): string => `s3://${bucket}/${prefix}`
export const serverText = ({ endpoint, region }: S3Place): string => endpoint ?? `Amazon S3 in ${region}`
