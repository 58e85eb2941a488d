/** How a map looks and answers to keys: all inside the page, nothing is fetched. */
export const MAP_CSS = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --soft: #595959; --line: #fff;
  --edge: #767676; --none: #e4e4e4; --l: 74%; --s: 58%; --gap: #c40000; --overlap: #5b2a00; --focus: #0b4fd0; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #16181b; --ink: #f0f0f0; --soft: #b9b9b9; --line: #16181b; --edge: #8a8a8a;
    --none: #3a3d42; --l: 38%; --s: 48%; --gap: #ff8a80; --overlap: #ffd28a; --focus: #8ab4ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 90rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0; }
.soft, small { color: var(--soft); }
.map { display: grid; grid-template-columns: minmax(0, 3fr) minmax(15rem, 1fr); gap: 1.5rem; margin-top: 1rem; }
@media (max-width: 60rem) { .map { grid-template-columns: minmax(0, 1fr); } }
.chart { display: block; width: 100%; height: auto; max-height: 92vh; }
.fill { fill-rule: evenodd; stroke: var(--line); stroke-width: .8; vector-effect: non-scaling-stroke; }
.mark { fill-rule: evenodd; pointer-events: none; }
.colour { fill: hsl(var(--h) var(--s) calc(var(--l) + var(--d))); }
.none { fill: var(--none); }
.gap { stroke: var(--gap); fill: none; stroke-width: 3; }
.overlap { stroke: var(--overlap); fill: none; stroke-width: 2; }
.area { outline: none; }
.area:focus .fill { stroke: var(--focus); stroke-width: 3; }
.area:hover .fill { stroke: var(--ink); stroke-width: 1.5; }
.dim { opacity: .25; }
.label { font: 600 13px system-ui, sans-serif; fill: var(--ink); stroke: var(--paper); stroke-width: 3px;
  paint-order: stroke; text-anchor: middle; pointer-events: none; }
#here { display: block; min-height: 1.5rem; font-weight: 600; }
.legend { list-style: none; margin: 0; padding: 0; max-height: 80vh; overflow: auto; }
.legend button { display: flex; width: 100%; gap: .6rem; align-items: center; padding: .2rem .4rem; border: 1px solid transparent;
  border-radius: .3rem; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; }
.legend button:hover, .legend button[aria-pressed=true] { border-color: var(--edge); }
button:focus-visible, .legend:focus-visible, .wide:focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; }
.legend .flaw { display: flex; gap: .6rem; align-items: center; padding: .2rem .4rem; }
.swatch { flex: none; width: 1.6rem; height: 1.1rem; border: 1px solid var(--edge); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--none); }
.number { text-align: right; }
.problems { font-family: ui-monospace, monospace; font-size: .875rem; overflow-wrap: anywhere; }
@media print {
  body { padding: 0; max-width: none; font-size: 9pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .map { grid-template-columns: minmax(0, 1fr); }
  .chart { max-height: 22cm; }
  .legend { columns: 3; max-height: none; overflow: visible; }
  .legend li { break-inside: avoid; }
  .hint, #here { display: none; }
  tr { break-inside: avoid; }
}
`;

/** One area is in the order of the tab key; arrows go to the nearest area on that side. */
export const MAP_SCRIPT = `
const areas = [...document.querySelectorAll('.area')];
const here = document.getElementById('here');
const at = (area) => [Number(area.dataset.x), Number(area.dataset.y)];
const tell = (area) => { here.textContent = area.getAttribute('aria-label'); };
const SIDES = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
function neighbour(area, [dx, dy]) {
  const [x, y] = at(area);
  let best, least = Infinity;
  for (const other of areas) {
    const [ox, oy] = at(other);
    const along = (ox - x) * dx + (oy - y) * dy;
    const across = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (other === area || along <= 0 || across > along * 2) continue;
    if (along + across < least) { least = along + across; best = other; }
  }
  return best;
}
for (const area of areas) {
  area.addEventListener('focus', () => {
    for (const other of areas) other.tabIndex = other === area ? 0 : -1;
    tell(area);
  });
  area.addEventListener('pointerenter', () => tell(area));
  area.addEventListener('keydown', (event) => {
    const side = SIDES[event.key];
    const next = side && neighbour(area, side);
    if (side) event.preventDefault();
    if (next) next.focus();
  });
}
const buttons = [...document.querySelectorAll('.legend button')];
for (const button of buttons) {
  button.addEventListener('click', () => {
    const chosen = button.getAttribute('aria-pressed') !== 'true' ? button.dataset.key : undefined;
    for (const other of buttons) other.setAttribute('aria-pressed', String(other.dataset.key === chosen));
    for (const area of areas) {
      area.classList.toggle('dim', chosen !== undefined && !area.dataset.keys.split(' ').includes(chosen));
    }
  });
}
`;
