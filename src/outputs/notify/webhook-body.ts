import type { WebhookChannel } from '../../config/index.js'
import { plainText } from './message-text.js'
import type { Message } from './notice-words.js'

/** What is posted, as the other side wants it. */
export function webhookBody(message: Message, format: WebhookChannel['format']): object {
  switch (format) {
    case 'teams':
      return teamsCard(message)
    case 'slack':
      return slackBlocks(message)
    case 'json':
      return jsonMessage(message)
  }
}

/** Also what the file channel writes. Fields are only ever added. */
export const jsonMessage = (message: Message): object => ({
  id: message.id,
  answers: message.answers,
  kind: message.kind,
  organisation: message.organisation,
  owner: message.owner,
  subject: message.subject,
  lines: message.lines,
  facts: message.table.map(([name, value]) => ({ name, value })),
  links: message.links,
  next: message.next,
})

const isLink = (at: string): boolean => /^https:\/\//.test(at)

/** An adaptive card, as the Workflows of Teams take it: version 1.4, which old clients show too. */
function teamsCard(message: Message): object {
  const text = (words: string, more: object = {}): object => ({
    type: 'TextBlock',
    text: escapedMarkdown(words),
    wrap: true,
    ...more,
  })
  const body = [
    text(message.subject, { size: 'Medium', weight: 'Bolder' }),
    ...message.lines.map((line) => text(line)),
    {
      type: 'FactSet',
      facts: message.table.map(([title, value]) => ({ title: escapedMarkdown(title), value: escapedMarkdown(value) })),
    },
    ...message.links.filter(({ at }) => !isLink(at)).map(({ title, at }) => text(`${title}: ${at}`)),
    ...(message.next === null ? [] : [text(message.next)]),
    text(`Matchbook of ${message.organisation}, to ${message.owner}. ${message.id}`, { isSubtle: true, size: 'Small' }),
  ]
  const actions = message.links
    .filter(({ at }) => isLink(at))
    .map(({ title, at }) => ({ type: 'Action.OpenUrl', title, url: at }))
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body,
          ...(actions.length === 0 ? {} : { actions }),
        },
      },
    ],
  }
}

/** A section of Slack takes ten fields of 2,000 characters; what is more stands in the text, which takes 40,000. */
const FIELDS = 10

function slackBlocks(message: Message): object {
  const fields = message.table.slice(0, FIELDS).map(([label, value]) => ({
    type: 'mrkdwn',
    text: `*${escapedSlack(label)}*\n${escapedSlack(value)}`.slice(0, 2000),
  }))
  const links = message.links.map(({ title, at }) =>
    isLink(at) ? `<${at}|${escapedSlack(title)}>` : `${escapedSlack(title)}: ${escapedSlack(at)}`,
  )
  const below = [...links, ...(message.next === null ? [] : [escapedSlack(message.next)])].join('\n')
  const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text: text.slice(0, 3000) } })
  return {
    text: `${escapedSlack(message.subject)}\n${escapedSlack(plainText(message))}`.slice(0, 40_000),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: message.subject.slice(0, 150) } },
      ...(message.lines.length === 0 ? [] : [section(message.lines.map(escapedSlack).join('\n'))]),
      ...(fields.length === 0 ? [] : [{ type: 'section', fields }]),
      ...(below === '' ? [] : [section(below)]),
    ],
  }
}

const escapedSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A key of a partner must not become a link or a heading. */
const escapedMarkdown = (text: string): string => text.replaceAll(/[\\`*_[\]#~]/g, (mark) => `\\${mark}`)
