export { type Channel, NotSent } from './channel.js'
export type { CauseFacts, Digest, Notice, NoticeKind } from './notice.js'
export { type Message, noticeWords } from './notice-words.js'
