/** The one style sheet of a report: the light theme's values, for paper. Named by its hash in the page's policy. */
export const reportStyle = `
@page { size: A4 landscape; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 16px; max-width: 1100px; color: #111A23; background: #FFFFFF; font: 12px/18px Inter, "Segoe UI", Helvetica, Arial, sans-serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 28px; }
h2 { margin: 20px 0 6px; font-size: 15px; line-height: 20px; break-after: avoid; }
h3 { margin: 10px 0 2px; font-size: 12px; break-after: avoid; }
p { margin: 4px 0; max-width: 90ch; }
ul { margin: 2px 0 6px; padding-left: 18px; }
dl { display: grid; grid-template-columns: 110px 1fr; margin: 0; }
dt { color: #566473; }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 3px 8px 3px 0; border-bottom: 1px solid #DFE6EC; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { color: #566473; font-weight: 500; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
header { display: flex; justify-content: space-between; gap: 24px; }
.logo { max-width: 220px; max-height: 56px; object-fit: contain; }
.result { margin: 10px 0; font-size: 15px; line-height: 21px; font-weight: 600; }
.annex { break-before: page; }
.quiet { color: #566473; }
.timeline { display: block; width: 100%; height: auto; break-inside: avoid; }
.summary h2 { margin-top: 12px; }
.timeline text { font-size: 12px; fill: #111A23; }
.timeline .tick { font-size: 11px; fill: #566473; }
.timeline .grid { stroke: #DFE6EC; }
.timeline .hatch { stroke: #4A5866; stroke-width: 2; }
.timeline .gap { stroke: #4A5866; stroke-dasharray: 3 2; stroke-width: 0.5; }
.bracket { fill: none; stroke: #1B2733; stroke-width: 1.5; }
.s-up { fill: #1B8F78; } .s-degraded { fill: #BC7A00; } .s-no-redundancy { fill: #FFFFFF; stroke: #BC7A00; stroke-width: 1.5; }
.s-down, .s-no-active-lb { fill: #C7263A; } .s-split-brain { fill: #B0278A; } .s-maintenance { fill: #2A6FC0; } .s-disabled { fill: #6B7A89; }
`;
