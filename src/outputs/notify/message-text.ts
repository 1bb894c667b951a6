import { escaped } from '../html.js'
import type { Message } from './notice-words.js'

/** For mail programs without HTML, and for the dark. */
export function plainText(message: Message): string {
  const width = Math.max(0, ...message.table.map(([label]) => label.length))
  return [
    ...message.lines,
    '',
    ...message.table.map(([label, value]) => `${`${label}:`.padEnd(width + 2)}${value}`),
    ...(message.links.length === 0 ? [] : ['', ...message.links.map(({ title, at }) => `${title}: ${at}`)]),
    ...(message.next === null ? [] : ['', message.next]),
    '',
    '-- ',
    foot(message),
    '',
  ].join('\n')
}

/** Tables and inline styles: what mail programs of hospitals show. No picture, no script, nothing from elsewhere. */
export function htmlText(message: Message): string {
  const rows = message.table.map(
    ([label, value]) =>
      `<tr><td style="padding:4px 16px 4px 0;color:#6b7885;vertical-align:top;white-space:nowrap">${escaped(label)}</td><td style="padding:4px 0">${escaped(value)}</td></tr>`,
  )
  const links = message.links.map(({ title, at }) =>
    /^https:\/\//.test(at)
      ? `<p>${escaped(title)}: <a href="${escaped(at)}">${escaped(at)}</a></p>`
      : `<p>${escaped(title)}: <code>${escaped(at)}</code></p>`,
  )
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"></head>',
    '<body style="font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.4;color:#1b2733;max-width:720px">',
    `<h1 style="font-size:18px;color:#17324d">${escaped(message.subject)}</h1>`,
    ...message.lines.map((line) => `<p>${escaped(line)}</p>`),
    `<table role="presentation" style="border-collapse:collapse;font-size:14px">${rows.join('')}</table>`,
    ...links,
    ...(message.next === null ? [] : [`<p>${escaped(message.next)}</p>`]),
    `<p style="font-size:12px;color:#6b7885;border-top:1px solid #d9e0e7;padding-top:8px">${escaped(foot(message))}</p>`,
    '</body></html>',
  ].join('\n')
}

const foot = ({ organisation, owner, id }: Message): string =>
  `Matchbook of ${organisation}, to ${owner}. Message ${id}. It holds keys and amounts; the details are in the workbook.`
