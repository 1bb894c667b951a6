import type { Writable } from 'node:stream'

/** Has memory for the next bytes of a file: who brings them puts them there, so that they are copied once less. */
export interface RoomySink extends Writable {
  /** Otherwise bytes are to be written, and room must not be asked for. The same for as long as a file is taken. */
  readonly hasRoom: boolean
  /**
   * Memory for the next so many bytes, up to 255 KB, after what was given before; waits until there is some. One call at a time.
   * @throws what the sink fails with
   */
  room(length: number): Promise<Buffer>
  /** The next so many bytes of what was given are there. */
  filled(length: number): void
}

export const isRoomy = (sink: Writable): sink is RoomySink => 'hasRoom' in sink && sink.hasRoom === true
