import { type Endpoint, type PushItem, pushFiles, type Sent } from '../../src/exchange/index.js'

/** Pushes one file. @returns how it came to be there */
export async function pushOne(endpoint: Endpoint, item: PushItem): Promise<Sent['how'] | undefined> {
  let how: Sent['how'] | undefined
  await pushFiles(endpoint, [item], {
    async arrived(sent) {
      how = sent[0]?.how
    },
  })
  return how
}
