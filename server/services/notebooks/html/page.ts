import { createHash } from 'node:crypto';
import { frameScript } from '@/server/schemas/notebook/frame-script';
import { escapeHtml } from './escape';

export interface Page {
  title: string;
  /** What stands in the page: made of texts that were escaped, and of nothing else. */
  body: string;
  /** Plotly's own code, where something is to be drawn; else null. */
  plotly: string | null;
}

/** Frames as high as they say. It stands before them: they say it once. */
const heightScript = `addEventListener('message',({source,data})=>{const height=Number(data&&data.brineHeight);if(!Number.isFinite(height))return;for(const frame of document.querySelectorAll('iframe'))if(frame.contentWindow===source)frame.style.height=Math.min(2000,Math.max(20,Math.ceil(height)))+'px'})`;

/** Figures drawn. */
const drawScript = `for(const place of document.querySelectorAll('[data-figure]')){try{const{data,layout}=JSON.parse(place.querySelector('script').textContent);const drawn=document.createElement('div');place.append(drawn);Plotly.newPlot(drawn,data,{...layout,width:undefined,autosize:true},{responsive:true,displaylogo:false})}catch{place.append('This figure could not be drawn.')}}`;

const hashOf = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** One file that needs nothing beside it. Only the scripts above run in it: whatever outputs hold stays what it is, also in their frames. */
export function htmlPage({ title, body, plotly }: Page): string {
  const scripts = plotly === null ? [] : [plotly, drawScript];
  const policy = [
    "default-src 'none'",
    `script-src ${[heightScript, frameScript, ...scripts].map(hashOf).join(' ')}`,
    ...["style-src 'unsafe-inline'", 'img-src data: blob:', 'font-src data:', 'media-src data:'],
    ...["form-action 'none'", "base-uri 'none'"],
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
<script>${heightScript}</script>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`;
}

const style = `:root{color-scheme:light dark;--ink:light-dark(#10201f,#e6eeee);--soft:light-dark(#4c5f60,#9fb0b2);--line:light-dark(#dbe3e3,#2c3a3c);--wash:light-dark(#f2f6f6,#172224);--bad:light-dark(#a8322a,#f2938a)}
body{margin:0;background:light-dark(#fff,#0f1719);color:var(--ink);font:16px/1.6 system-ui,sans-serif}
main{max-width:900px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:28px;line-height:1.25}h2{margin-top:1.6em;font-size:22px}h3{font-size:18px}
a{color:light-dark(#0b6b72,#62c6cb)}
pre,code{font:13.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin:0;overflow-x:auto;white-space:pre}
.cell{margin:18px 0}
.source{padding:10px 14px;border:1px solid var(--line);border-radius:8px;background:var(--wash)}
.count{float:right;margin-left:12px;color:var(--soft);font-size:12px}
.outputs{display:grid;gap:10px;margin:10px 0 0 14px;min-width:0}
.outputs>*{min-width:0}
.stderr,.error{color:var(--bad)}
img{max-width:100%;height:auto}
iframe{width:100%;height:60px;border:0}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
.table-scroll,.katex-display{overflow-x:auto}
th,td{padding:4px 10px;border-bottom:1px solid var(--line);text-align:left}
blockquote{margin:0;padding-left:14px;border-left:3px solid var(--line);color:var(--soft)}
.plot{background:#fff;border-radius:8px}
.note{color:var(--soft);font-size:14px}
.tok-keyword,.tok-operatorKeyword{color:light-dark(#1f4fbf,#8ab4f8)}
.tok-string,.tok-string2{color:light-dark(#8c2f23,#f0a08f)}
.tok-number,.tok-bool,.tok-null{color:light-dark(#0b6b4a,#7fd6ad)}
.tok-comment{color:light-dark(#5b6f6c,#8fa3a1)}
.tok-typeName,.tok-className{color:light-dark(#0b6b72,#62c6cb)}
.fg1,.fg9{color:var(--bad)}.fg2,.fg10{color:light-dark(#226b41,#6cc793)}.fg3,.fg11{color:light-dark(#7a4b00,#e3b35b)}.fg4,.fg12{color:light-dark(#1f5a9e,#84b8f2)}.fg5,.fg13{color:light-dark(#8a3a86,#e39cdf)}.fg6,.fg14{color:light-dark(#0a6a73,#52c3c6)}
.bold{font-weight:600}.italic{font-style:italic}.underline{text-decoration:underline}.dim{opacity:.75}
@media print{:root{color-scheme:light}main{max-width:none;padding:0}pre{white-space:pre-wrap;overflow-wrap:anywhere}.cell{break-inside:avoid-page}}
`;
