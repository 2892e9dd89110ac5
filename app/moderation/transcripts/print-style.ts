/** Of the HTML file, which has to look right alone, on paper too. */
export const printStyle = `
:root{color-scheme:light;--line:#d4d4d8;--muted:#52525b}
*{box-sizing:border-box}
body{margin:0 auto;max-width:52rem;padding:1.5rem 1rem;font:16px/1.5 system-ui,sans-serif;color:#18181b;background:#fff}
h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:0 0 .25rem}
p{margin:0 0 .25rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}
dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
article{border-top:1px solid var(--line);padding:.75rem 0}
h3 span,h3 time,.meta,.hash,.note,figcaption{color:var(--muted);font-weight:400;font-size:.85rem}
.hash{font-family:ui-monospace,monospace;font-size:.7rem;overflow-wrap:anywhere}
.words{unicode-bidi:plaintext;white-space:pre-wrap;overflow-wrap:anywhere}
.former{border-inline-start:3px solid var(--line);padding-inline-start:.75rem;margin-block:.5rem}
.warning{border:2px solid #b91c1c;color:#b91c1c;font-weight:600;padding:.5rem}
mark{background:#e4e4e7;color:#3f3f46;padding:0 .25em;border-radius:.2em}
figure{margin:.5rem 0}img{max-width:15rem;max-height:15rem;border-radius:.25rem}
.table{overflow-x:auto}table{border-collapse:collapse;font-size:.8rem}
th,td{border:1px solid var(--line);padding:.25rem .5rem;text-align:start;vertical-align:top}
@page{margin:18mm 15mm}
@media print{body{max-width:none;padding:0;font-size:10.5pt}h2{break-after:avoid}h3{break-after:avoid}
figure,.former{break-inside:avoid}tr{break-inside:avoid}thead{display:table-header-group}.table{overflow:visible}
td{overflow-wrap:anywhere}}
`;
