/** What is used of yauzl 3, which comes without types. */
declare module 'yauzl' {
  import type { Readable } from 'node:stream'

  export interface Entry {
    readonly fileName: string
    readonly versionMadeBy: number
    readonly externalFileAttributes: number
    readonly crc32: number
    isEncrypted(): boolean
  }
  export interface ZipFile {
    readonly entryCount: number
    eachEntry(): AsyncIterable<Entry>
    openReadStreamPromise(entry: Entry): Promise<Readable & AsyncIterable<Buffer>>
    close(): void
  }
  export function openPromise(
    path: string,
    options: { readonly strictFileNames: boolean; readonly autoClose: boolean },
  ): Promise<ZipFile>
  /** What is wrong with a name, or null. */
  export function validateFileName(name: string): string | null
}
