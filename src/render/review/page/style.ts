/** The page's looks: nothing is fetched for it. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2430; --dim: #5d6b7e; --paper: #f5f7fa; --card: #fff; --line: #d9e0e9;
  --blue: #2563c9; --red: #b42318; --amber: #a15c00; --green: #18794e; --mark: #ffe8b3; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --dim: #93a1b5; --paper: #11161d; --card: #1a212b;
  --line: #2e3947; --blue: #79a8f5; --red: #ff8a7a; --amber: #f0b45a; --green: #5fd09a; --mark: #5a4310; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1100px; padding: 24px 20px 60px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 22px; margin: 0 0 2px; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin: 0 0 10px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px 18px; margin-top: 16px; }
.dim { color: var(--dim); }
.bad { color: var(--red); font-weight: 600; }
.warn { color: var(--amber); font-weight: 600; }
.good { color: var(--green); }
.tiles { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 16px; }
.tile { flex: 1 1 130px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
.tile b { display: block; font-size: 22px; }
code, pre, .path { font: 13px/1.45 ui-monospace, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
p { margin: 2px 0; }
pre { margin: 6px 0 10px; padding: 10px 12px; background: var(--paper); border: 1px solid var(--line); border-radius: 6px;
  overflow-x: auto; white-space: pre-wrap; tab-size: 4; }
mark { background: var(--mark); color: inherit; border-radius: 3px; padding: 0 2px; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 5px 12px 5px 0; border-top: 1px solid var(--line); }
th { color: var(--dim); font-weight: 500; border-top: 0; }
summary { cursor: pointer; padding: 2px 0; }
details details { margin-left: 18px; }
.tag { font-size: 12px; border: 1px solid var(--line); border-radius: 4px; padding: 0 5px; margin-left: 8px; white-space: nowrap; }
.bar { display: grid; grid-template-columns: 190px 1fr 250px; gap: 12px; align-items: center; padding: 3px 0; }
.bar div { height: 12px; border-radius: 6px; background: var(--line); overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--blue); }
.bar .over { background: var(--red); }
.bar .near { background: var(--amber); }
.bar.off { opacity: .5; }
ol.boot { list-style: none; margin: 0 0 0 6px; padding: 0 0 0 20px; border-left: 2px solid var(--line); }
ol.boot li { position: relative; padding: 3px 0; }
ol.boot li::before { content: ''; position: absolute; left: -26px; top: 11px; width: 10px; height: 10px; border-radius: 50%;
  background: var(--blue); border: 2px solid var(--card); }
ol.boot li.stage { font-weight: 600; margin-top: 6px; }
ol.boot li.stage::before { background: var(--card); border-color: var(--blue); }
@media (max-width: 700px) { .bar { grid-template-columns: 1fr; gap: 2px; } }
`;
