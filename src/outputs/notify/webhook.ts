import type { WebhookChannel } from '../../config/index.js'
import { type Channel, NotSent } from './channel.js'
import { webhookBody } from './webhook-body.js'

const SECONDS = 15
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** HTTPS POST. `address` is a secret and never stands in what is said. @throws NotSent when it is none that may be used */
export function openWebhook({ format }: WebhookChannel, address: string): Channel {
  const url = checkedUrl(address)
  return {
    async send(message) {
      const response = await posted(url, message.id, JSON.stringify(webhookBody(message, format)))
      if (response.ok) return
      // 408 and 429 ask to come again; other answers of 400 and more say that this will never do.
      const forGood = response.status >= 400 && response.status < 500 && ![408, 429].includes(response.status)
      throw new NotSent(`the webhook answered ${response.status}`, forGood ? 'message' : 'channel', forGood)
    },
    // There is no way to ask a webhook but to post.
    async check() {},
    close() {},
  }
}

function checkedUrl(address: string): URL {
  const wrong = (why: string): NotSent => new NotSent(`the address of the webhook ${why}`, 'channel', false)
  if (!URL.canParse(address)) throw wrong('is no URL')
  const url = new URL(address)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname))) return url
  throw wrong('does not begin with https://')
}

async function posted(url: URL, id: string, body: string): Promise<Response> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'matchbook',
        // Who keeps these can drop a message that comes twice.
        'idempotency-key': id,
        'x-matchbook-notification': id,
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(SECONDS * 1000),
    })
    // Read to its end, so that the connection is free again.
    await response.arrayBuffer()
    return response
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    throw new NotSent(
      isLate ? `no answer within ${SECONDS} s` : `it cannot be reached (${code ?? 'the connection broke off'})`,
      'channel',
      false,
    )
  }
}
