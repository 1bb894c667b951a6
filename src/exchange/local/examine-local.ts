import { statfs } from 'node:fs/promises'
import path from 'node:path'
import type { Examined } from '../examined.js'
import { createLocalEndpoint, type LocalFolder } from './local-endpoint.js'

export async function examineLocal(name: string, settings: LocalFolder): Promise<Examined> {
  return {
    endpoint: createLocalEndpoint(name, settings),
    oldAlgorithms: () => [],
    async freeBytes(folder) {
      const { bavail, bsize } = await statfs(path.resolve(settings.folder, folder), { bigint: true })
      return bavail * bsize
    },
  }
}
