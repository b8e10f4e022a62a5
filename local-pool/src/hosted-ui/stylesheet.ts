import { createHash } from 'node:crypto';

const colours = `
:root {
  color-scheme: light dark;
  --ground: #f7f1e6; --card: #fffdf9; --edge: #e6dcc9; --ink: #24211b; --quiet: #665d4e;
  --field: #ffffff; --field-edge: #8b8170; --link: #0f766e; --button: #0f766e; --button-over: #115e59; --on-button: #ffffff;
  --stripe: #0f766e; --stripe-gap: #e6c98f;
  --bad: #a32117; --bad-ground: #fdf0ee; --bad-edge: #e9b4ae;
  --good: #0b5f58; --good-ground: #e9f6f3; --good-edge: #a5d5cd;
  --shadow: 0 1px 2px rgb(60 45 20 / 6%), 0 14px 36px -14px rgb(60 45 20 / 20%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14120e; --card: #1d1a15; --edge: #37322a; --ink: #f2ece1; --quiet: #b5ab99;
    --field: #14120e; --field-edge: #867c6b; --link: #5eead4; --button: #2dd4bf; --button-over: #5eead4; --on-button: #04302b;
    --stripe: #2dd4bf; --stripe-gap: #6a5a38;
    --bad: #ffb4ab; --bad-ground: #3a1714; --bad-edge: #7a3029;
    --good: #8ff0df; --good-ground: #10302c; --good-edge: #1f5f56;
    --shadow: 0 14px 36px -14px rgb(0 0 0 / 60%);
  }
}`;

const frame = `
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column; align-items: center;
  padding: clamp(1rem, 6vh, 4rem) 1rem 1rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { width: 100%; max-width: 26rem; margin-bottom: auto; }
main.wide { max-width: 46rem; }
.card {
  background: var(--card); border: 1px solid var(--edge); border-radius: 1.25rem; box-shadow: var(--shadow);
  padding: clamp(1.25rem, 6vw, 2.25rem);
}
.brand { display: flex; align-items: center; gap: .625rem; margin: 0 0 1.5rem; font-weight: 600; overflow-wrap: anywhere; }
.brand svg { flex: none; width: 2.25rem; height: 2.25rem; }
.stripe { fill: var(--stripe); }
.stripe-gap { fill: var(--stripe-gap); }
.pole { stroke: var(--stripe); }
h1 { margin: 0 0 .375rem; font-size: 1.5rem; line-height: 1.2; letter-spacing: -.015em; }
h2 { margin: 0; font-size: 1rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
.lead { color: var(--quiet); margin-bottom: 1.5rem; }
.lead strong { color: var(--ink); font-weight: 600; }
a { color: var(--link); text-underline-offset: .2em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .25rem; }
footer { width: 100%; max-width: 46rem; padding: 1.75rem 0 .5rem; color: var(--quiet); font-size: .875rem; text-align: center; overflow-wrap: anywhere; }
footer a { color: inherit; }`;

const forms = `
form { margin: 0; }
.field { margin: 0 0 1.125rem; }
label { display: block; margin-bottom: .375rem; font-weight: 600; font-size: .9375rem; }
.after a { display: inline-block; padding: .125rem 0; }
input, select {
  width: 100%; min-height: 2.875rem; padding: .5rem .75rem; font: inherit; color: inherit;
  background: var(--field); border: 1px solid var(--field-edge); border-radius: .625rem;
}
input:focus-visible, select:focus-visible { outline-offset: 0; border-color: var(--link); border-radius: .625rem; }
input[aria-invalid="true"] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad); }
input.code { font: 600 1.25rem/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; letter-spacing: .3em; }
.hint { margin: .375rem 0 0; color: var(--quiet); font-size: .875rem; }
button, .button {
  display: inline-block; width: 100%; min-height: 2.875rem; padding: .625rem 1.25rem; border: 1px solid transparent; border-radius: .625rem;
  font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer;
  background: var(--button); color: var(--on-button);
}
button:hover, .button:hover { background: var(--button-over); }
button:focus-visible, .button:focus-visible { border-radius: .625rem; }
button.plain {
  width: auto; min-height: 0; padding: .125rem 0; background: none; color: var(--link); font-weight: 400; text-decoration: underline;
  text-underline-offset: .2em; text-decoration-thickness: 1px;
}
button.plain:hover { text-decoration-thickness: 2px; }
.other:is(button, .button) { background: var(--field); color: var(--ink); border-color: var(--field-edge); }
.other:is(button, .button):hover { background: var(--ground); }
.or { margin: 1.25rem 0; text-align: center; color: var(--quiet); }
.elsewhere { list-style: none; display: grid; gap: .625rem; margin: 0; padding: 0; }
.steps { margin: 0 0 1.25rem; padding-left: 1.25rem; }
.steps li { margin-bottom: .75rem; padding-left: .25rem; }
.qr { width: min(12.5rem, 100%); margin: .625rem 0; padding: .375rem; background: #ffffff; border: 1px solid var(--edge); border-radius: .625rem; }
.qr svg { display: block; width: 100%; height: auto; }
.secret { display: block; margin-top: .375rem; font: .9375rem/1.6 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; user-select: all; }
.after { margin: 1.5rem 0 0; color: var(--quiet); }
.after + .after { margin-top: .5rem; }
.after form { display: inline; }
.note { margin: 0 0 1.25rem; padding: .75rem .875rem; border: 1px solid; border-radius: .625rem; overflow-wrap: anywhere; }
.note.bad { color: var(--bad); background: var(--bad-ground); border-color: var(--bad-edge); }
.note.good { color: var(--good); background: var(--good-ground); border-color: var(--good-edge); }`;

const lists = `
dl { margin: 1.25rem 0 0; padding: 1rem 0 0; border-top: 1px solid var(--edge); font-size: .875rem; }
dt { color: var(--quiet); }
dd { margin: 0 0 .625rem; overflow-wrap: anywhere; font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.filter { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: end; margin-bottom: .5rem; }
.filter .field { flex: 1 1 10rem; min-width: 0; }
.filter button { width: auto; margin-bottom: 1.125rem; }
.messages { list-style: none; margin: 0; padding: 0; }
.messages li { padding: 1.125rem 0; border-top: 1px solid var(--edge); display: grid; gap: .25rem 1.5rem; }
.messages p { margin: 0; }
.messages .sent { color: var(--quiet); font-size: .875rem; }
.messages .code { font: 600 1.75rem/1.2 ui-monospace, "SF Mono", Menlo, Consolas, monospace; letter-spacing: .08em; user-select: all; }
section { padding: 1.5rem 0 0; margin-top: 1.5rem; border-top: 1px solid var(--edge); }
section h2 { font-size: 1.125rem; margin-bottom: .5rem; overflow-wrap: anywhere; }
h3 { margin: 0; font-size: .9375rem; overflow-wrap: anywhere; }
code { font: .875em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.none { margin: 0; color: var(--quiet); }
.records, .choice { list-style: none; margin: 0; padding: 0; }
.records li { padding: .75rem 0; }
.records li + li { border-top: 1px solid var(--edge); }
.choice { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; }
.choice [aria-current] { font-weight: 700; text-decoration: none; color: var(--ink); }
.facts { display: flex; flex-wrap: wrap; gap: .125rem 1.25rem; margin: .25rem 0 0; padding: 0; border: 0; }
.facts div { min-width: 0; overflow-wrap: anywhere; }
.facts dt, .facts dd { display: inline; margin: 0; font-family: inherit; }
.facts dt { margin-right: .375rem; }
.empty { padding: 2.5rem 0 1.5rem; border-top: 1px solid var(--edge); text-align: center; color: var(--quiet); }
.empty p { max-width: 26rem; margin-inline: auto; }
@media (min-width: 40rem) {
  .messages li { grid-template-columns: 1fr auto; align-items: center; }
}
@media (forced-colors: active) { button, .button { border-color: ButtonText; } }`;

/** The one stylesheet of the hosted pages. It travels inside each page, so a page is a single response. */
export const stylesheet: string = [colours, frame, forms, lists].join('\n');

/** The `style-src` source that admits exactly this stylesheet and no other inline style (CSP Level 3, section 2.3.1). */
export const stylesheetSource: string = `'sha256-${createHash('sha256').update(stylesheet).digest('base64')}'`;
