import { escaped } from '../../app/edi/html-text.js'
import type { Block, Branch, Fact, Sheet } from '../../app/edi/sheet.js'

const style = `
:root{--ink:#1c2430;--soft:#5b6675;--line:#d9dee6;--tint:#f5f7fa;--accent:#14506e;--good:#1d7a46;--notice:#9a6200;--bad:#b3261e}
*{box-sizing:border-box}
body{margin:0;background:#e9edf2;color:var(--ink);font:14px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
article{background:#fff;max-width:920px;margin:32px auto;padding:48px 56px;box-shadow:0 1px 3px rgba(20,40,60,.12),0 8px 30px rgba(20,40,60,.07);border-top:4px solid var(--accent)}
h1{font-size:26px;line-height:1.2;margin:0;font-weight:650;letter-spacing:-.01em}
h2{font-size:12px;text-transform:uppercase;letter-spacing:.08em;color:var(--soft);margin:32px 0 8px;font-weight:650}
.summary{color:var(--soft);margin:6px 0 0;font-size:15px}
.mark{display:inline-block;font-size:12px;font-weight:650;letter-spacing:.06em;padding:2px 10px;border:1px solid currentColor;border-radius:3px;margin-left:12px;vertical-align:middle}
.good{color:var(--good)}.notice{color:var(--notice)}.bad{color:var(--bad)}
.problems{margin:20px 0 0;padding:10px 16px;border-left:3px solid var(--bad);background:#fdf3f2;list-style:none}
.parties{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:24px;margin:32px 0 0}
.parties h2{margin:0 0 4px}.parties p{margin:0}.parties p:first-of-type{font-weight:600}
dl{display:grid;grid-template-columns:max-content 1fr;gap:3px 24px;margin:28px 0 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:28px 0 0;font-variant-numeric:tabular-nums}
th{font-size:12px;text-align:left;color:var(--soft);font-weight:650;border-bottom:2px solid var(--ink);padding:6px 10px 6px 0}
td{padding:9px 10px 2px 0;vertical-align:top;border-top:1px solid var(--line);overflow-wrap:break-word}
tbody:first-of-type td{border-top:0}
.right{text-align:right;white-space:nowrap}
tr.notes td{border-top:0;padding:0 10px 9px 0;color:var(--soft);font-size:13px}
tr.notes p{margin:0}tr.notes .good,tr.notes .notice,tr.notes .bad{font-weight:600}tr.notes .good{color:var(--good)}tr.notes .notice{color:var(--notice)}tr.notes .bad{color:var(--bad)}
.totals{margin:16px 0 0 auto;width:max-content;min-width:280px;border-top:2px solid var(--ink);padding-top:10px;font-variant-numeric:tabular-nums}
.totals dd{text-align:right}.totals dt:last-of-type,.totals dd:last-of-type{font-weight:700;color:var(--ink);font-size:16px}
ul.tree{list-style:none;margin:20px 0 0;padding:0}ul.tree ul{list-style:none;margin:2px 0 0;padding-left:22px;border-left:1px solid var(--line)}
ul.tree li{margin:8px 0 0}ul.tree strong{font-weight:600}ul.tree dl{margin:2px 0 4px;font-size:13px;gap:1px 16px}
.unmapped{font:12px/1.6 ui-monospace,SFMono-Regular,Consolas,monospace;color:var(--soft);margin:0;padding:0;list-style:none;overflow-wrap:anywhere}
footer{margin-top:36px;padding-top:12px;border-top:1px solid var(--line);font-size:12px;color:var(--soft)}footer dl{margin:0;gap:0 16px}
@media print{body{background:#fff;font-size:11px}article{box-shadow:none;margin:0;padding:0;max-width:none;border-top:0;break-after:page}article:last-of-type{break-after:auto}thead{display:table-header-group}tbody,.parties>section,.totals{break-inside:avoid}@page{margin:16mm}}
@media (max-width:640px){article{margin:0;padding:24px 16px;overflow-x:auto}th,td{padding-right:5px}}
`.replaceAll('\n', '')

export const pageStart = (title: string): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>`

export const pageEnd = '</body>\n</html>'

/** One document as a self-contained article: nothing is loaded from anywhere, and nothing in it can run. */
export function sheetHtml(sheet: Sheet): string {
  const marks = sheet.marks.map(({ text, tone }) => `<span class="mark ${tone}">${escaped(text)}</span>`).join('')
  return [
    '<article>',
    `<header><h1>${escaped(sheet.title)}${marks}</h1><p class="summary">${escaped(sheet.summary)}</p></header>`,
    list('problems', sheet.problems.map(escaped)),
    sheet.parties.length === 0
      ? ''
      : `<div class="parties">${sheet.parties.map(({ role, lines }) => `<section><h2>${escaped(role)}</h2>${lines.map((line) => `<p>${escaped(line)}</p>`).join('')}</section>`).join('')}</div>`,
    facts(sheet.facts),
    ...sheet.blocks.map(block),
    facts(sheet.totals, 'totals'),
    sheet.unmapped.length === 0
      ? ''
      : `<h2>Not mapped to a field</h2>${list(
          'unmapped',
          sheet.unmapped.map(({ name, text, line }) => `line ${line}: ${escaped(text)} (${escaped(name)})`),
        )}`,
    `<footer>${facts(sheet.source)}</footer>`,
    '</article>',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

const list = (name: string, items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul class="${name}">${items.map((item) => `<li>${item}</li>`).join('')}</ul>`

const facts = (all: readonly Fact[], name?: string): string =>
  all.length === 0
    ? ''
    : `<dl${name === undefined ? '' : ` class="${name}"`}>${all.map(({ label, value }) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`

function block(one: Block): string {
  const title = one.title === undefined ? '' : `<h2>${escaped(one.title)}</h2>`
  if (one.kind === 'text') return title + one.lines.map((line) => `<p>${escaped(line)}</p>`).join('')
  if (one.kind === 'tree') return `${title}<ul class="tree">${one.branches.map(tree).join('')}</ul>`
  const cell = (tag: 'td' | 'th', text: string, n: number) =>
    `<${tag}${one.columns[n]?.align === 'right' ? ' class="right"' : ''}>${escaped(text)}</${tag}>`
  const head = `<thead><tr>${one.columns.map((column, n) => cell('th', column.title, n)).join('')}</tr></thead>`
  // A line and its notes stay together on paper: each is a body of its own.
  const bodies = one.rows.map(({ cells, notes }) => {
    const said = notes.map(({ text, tone }) => `<p class="${tone}">${escaped(text)}</p>`).join('')
    const below =
      said === '' ? '' : `<tr class="notes"><td></td><td colspan="${one.columns.length - 1}">${said}</td></tr>`
    return `<tbody><tr>${cells.map((text, n) => cell('td', text, n)).join('')}</tr>${below}</tbody>`
  })
  return `${title}<table>${head}${bodies.join('')}</table>`
}

function tree({ text, facts: said, branches }: Branch): string {
  const below = branches.length === 0 ? '' : `<ul>${branches.map(tree).join('')}</ul>`
  return `<li><strong>${escaped(text)}</strong>${facts(said)}${below}</li>`
}
