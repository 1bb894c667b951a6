import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createTransport, type Transporter } from 'nodemailer'
import type { EmailChannel } from '../../config/index.js'
import { type Channel, NotSent } from './channel.js'
import { htmlText, plainText } from './message-text.js'
import type { Message } from './notice-words.js'

/** Milliseconds: a mail server that is there answers in a second or two, and a night must not wait for one that is not. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as const

/**
 * E-mail over SMTP, one connection for all messages of a pass. TLS 1.2 and later, certificates checked.
 * @param folder of the workspace
 */
export async function openEmail(
  settings: EmailChannel,
  password: string | undefined,
  folder: string,
): Promise<Channel> {
  const { host, port, security, from, login } = settings
  const ca =
    settings['ca-file'] === undefined ? undefined : await certificates(path.resolve(folder, settings['ca-file']))
  const transport: Transporter = createTransport({
    pool: true,
    maxConnections: 1,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    ...(login === undefined || password === undefined ? {} : { auth: { user: login.username, pass: password } }),
    ...PATIENCE,
    // A message is what we say it is: no file and no address of it is ever read.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(message, to) {
      const sent: TakenFor = await transport.sendMail(mailOf(message, from, to)).catch((error: unknown) => {
        throw notSent(error)
      })
      assertAllTaken(sent)
    },
    async check() {
      await transport.verify().catch((error: unknown) => {
        throw notSent(error)
      })
    },
    close: () => transport.close(),
  }
}

async function certificates(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new NotSent(`ca-file cannot be read (${codeOf(error) ?? 'unknown'})`, 'channel', false)
  }
}

function mailOf(message: Message, from: string, to: readonly string[]) {
  const domain = /@([^>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'
  const idOf = (id: string): string => `<${id}@${domain}>`
  return {
    from,
    to: [...to],
    subject: `[Matchbook] ${message.subject}`,
    messageId: idOf(message.id),
    ...(message.answers === null ? {} : { inReplyTo: idOf(message.answers), references: idOf(message.answers) }),
    text: plainText(message),
    html: htmlText(message),
    headers: {
      'X-Matchbook-Notification': message.id,
      // No one is on holiday for a machine.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
  }
}

/** Whom the server took a mail for, and whom not. */
interface TakenFor {
  readonly accepted?: readonly unknown[] | undefined
  readonly rejected?: readonly unknown[] | undefined
  readonly rejectedErrors?: readonly { readonly responseCode?: number | undefined }[] | undefined
}

/** A server may take a mail for some of its recipients and refuse the others. @throws NotSent naming those */
function assertAllTaken({ accepted = [], rejected = [], rejectedErrors = [] }: TakenFor): void {
  if (rejected.length === 0) return
  const replies = rejectedErrors.map(({ responseCode }) => responseCode ?? 0)
  const reached = accepted.map(String)
  throw new NotSent(
    `the server refused ${rejected.map(String).join(', ')} (${replies.join(', ')}), and took it for ${reached.join(', ')}`,
    'message',
    replies.length > 0 && replies.every((reply) => reply >= 500),
    reached,
  )
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** A reply code of 550 to one message is about it or its address; anything before there is one is about the server. */
function notSent(error: unknown): NotSent {
  if (error instanceof NotSent) return error
  const code = codeOf(error)
  const reply = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : undefined
  const words = [code, reply === undefined ? undefined : `the server answered ${reply}`].filter(Boolean).join(', ')
  const why = words === '' ? (error instanceof Error ? error.message : String(error)) : `${words}: ${firstLine(error)}`
  const isAboutMessage = code === 'EENVELOPE' || code === 'EMESSAGE'
  return new NotSent(why, isAboutMessage ? 'message' : 'channel', isAboutMessage && reply !== undefined && reply >= 500)
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300) ?? ''
