/** Colours keep a contrast of 4.5:1 and more against their ground, light and dark (WCAG 2.2 AA). */
export const style = `
:root{color-scheme:light dark;--ground:#f3f5f8;--sheet:#fff;--ink:#18212c;--soft:#4f5b69;--line:#d5dbe3;--accent:#0d5c7a;--good:#17683b;--notice:#855100;--bad:#ab1f1a;--bar:#3a86a8}
@media (prefers-color-scheme:dark){:root{--ground:#11161c;--sheet:#1a2129;--ink:#e8edf2;--soft:#a7b3c0;--line:#333e4a;--accent:#7cc4e4;--good:#74cf98;--notice:#eab566;--bad:#ff9b93;--bar:#4d9dc0}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-9999px}.skip:focus{left:16px;top:8px;background:var(--sheet);padding:8px 12px;z-index:1}
header,main,footer{max-width:1240px;margin:0 auto;padding:0 24px}
header{padding-top:32px}
h1{font-size:28px;line-height:1.2;margin:0;letter-spacing:-.01em}
header p,footer p{color:var(--soft);margin:4px 0 0}
nav ul{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;padding:0;margin:16px 0 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;margin:24px 0 0;padding:0}
.tiles div{background:var(--sheet);border:1px solid var(--line);border-radius:8px;padding:14px 16px}
.tiles dt{color:var(--soft);font-size:13px}.tiles dd{margin:2px 0 0;font-size:22px;font-weight:650;font-variant-numeric:tabular-nums}
section{background:var(--sheet);border:1px solid var(--line);border-radius:8px;margin:20px 0 0;padding:20px 24px 24px}
h2{font-size:18px;margin:0 0 4px}
section>p{color:var(--soft);margin:0 0 8px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:14px}
caption{text-align:left;color:var(--soft);padding:10px 0 4px;max-width:calc(100vw - 100px)}
th,td{text-align:left;padding:6px 14px 6px 0;border-bottom:1px solid var(--line);vertical-align:top;font-weight:400}
thead th{color:var(--soft);font-size:13px;white-space:nowrap}
tbody th{font-weight:600}tbody td:last-child,thead th:last-child{padding-right:0}tbody th{white-space:nowrap}
.figure{text-align:right}.figure,.word{white-space:nowrap}
.mark{font-weight:650;white-space:nowrap}.good{color:var(--good)}.notice{color:var(--notice)}.bad{color:var(--bad)}
.bar{display:block;width:110px;height:8px;margin-top:7px;background:var(--line);border-radius:4px;overflow:hidden}.bar i{display:block;height:100%;background:var(--bar)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr));gap:0 40px}
.trends{display:grid;grid-template-columns:repeat(auto-fit,minmax(260px,1fr));gap:16px 32px}
figure{margin:12px 0 0}figcaption{display:flex;justify-content:space-between;gap:12px;font-size:14px}
svg{width:100%;height:auto;display:block;margin:6px 0}
.line{fill:none;stroke:var(--bar);stroke-width:2.5;stroke-linejoin:round}.dot{fill:var(--bar)}.base{stroke:var(--line)}
summary{color:var(--accent);cursor:pointer;font-size:13px}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
footer{padding-bottom:40px;margin-top:20px}
@media print{:root{color-scheme:light;--ground:#fff;--sheet:#fff;--ink:#000;--soft:#444;--line:#bbb;--accent:#000;--good:#17683b;--notice:#855100;--bad:#ab1f1a;--bar:#555}
@page{size:A4 landscape;margin:12mm}nav,.skip,details{display:none}section{border:0;padding:0;margin-top:16px}header,main,footer{max-width:none;padding:0}tr,figure{break-inside:avoid}h2,caption{break-after:avoid}thead{display:table-header-group}.scroll{overflow:visible}.bar,.bar i{print-color-adjust:exact}body{font-size:11px}}
`
