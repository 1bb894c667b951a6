export { type Channel, NotSent } from './channel.js'
export type { Amounts, CauseFacts, Digest, Notice, NoticeKind } from './notice.js'
export { type Message, noticeWords } from './notice-words.js'
