import { escaped } from '../html.js'
import type { DashboardContent } from './content.js'
import { clock, count, risked } from './figures.js'
import { sectionHtml, sections } from './sections.js'
import { style } from './style.js'

/** One page that needs nothing but itself: no script, no font, no picture from elsewhere, and it may load none. */
export function dashboardPage(content: DashboardContent): string {
  const { organisation, profile, currency, backlog, timezone, writtenAt } = content
  const title = `${organisation}: reconciliation`
  const tiles: readonly [string, string, string][] = [
    ['Open exceptions', count(backlog.open), ''],
    ['Money at risk', risked(backlog, currency), ''],
    ['Critical', count(backlog.critical), backlog.critical > 0 ? 'bad' : 'good'],
    ['Overdue', count(backlog.overdue), backlog.overdue > 0 ? 'bad' : 'good'],
    ['Due today', count(backlog.dueToday), backlog.dueToday > 0 ? 'notice' : 'good'],
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${style}</style></head><body>
<a class="skip" href="#main">To the content</a>
<header><h1>${escaped(title)}</h1><p>${escaped(`${profile}, as of ${clock(timezone)(writtenAt)} ${timezone}`)}</p>
<nav aria-label="Sections"><ul>${sections.map(({ id, title: said }) => `<li><a href="#${id}">${escaped(said)}</a></li>`).join('')}</ul></nav></header>
<main id="main" tabindex="-1"><dl class="tiles">${tiles.map(([name, value, kind]) => `<div><dt>${name}</dt><dd class="${kind}">${escaped(value)}</dd></div>`).join('')}</dl>
${sections.map((one) => sectionHtml(one, content)).join('\n')}</main>
<footer><p>${escaped(`Written by matchbook dashboard. Times are ${timezone}; money is exact, and in ${currency} where nothing else is said.`)}</p></footer>
</body></html>
`
}
