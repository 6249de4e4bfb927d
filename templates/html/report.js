"use strict";
// The page's script: it works the report's formulas out again when a lever
// moves, sorts and filters tables, and lights up the map. Everything it shows
// stands in the page; it asks for nothing and evaluates no text.
(() => {
const live = JSON.parse(document.getElementById("live").textContent);
const tables = live.tables ?? {};
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// ---- formulas: the same trees as the workbook's, see pkg/report/formula.go

let worked = new Map(); // values by table, column and row, since a lever moved last

function number(table, row, column) {
  const at = table + "\n" + column + "\n" + row;
  if (worked.has(at)) return worked.get(at);
  const t = tables[table], i = row === "total" && !t.rows.includes(row) ? t.rows.length : t.place[row];
  const cell = t.columns[column].cells[i];
  const value = Array.isArray(cell) ? evaluate(live.formulas[cell[0]], { table, row }) : typeof cell === "number" ? cell : NaN;
  worked.set(at, value);
  return value;
}

// evaluate gives NaN for what is not known, Infinity for never, and true or
// false for a condition.
function evaluate(f, at) {
  if (typeof f === "number") return f;
  const [op, a, b, c] = f;
  switch (op) {
    case "cell": return number(a || at.table, b || at.row, c);
    case "if": return evaluate(evaluate(a, at) ? b : c, at);
    case "never": return Infinity;
    case "unknown": case "": return NaN;
    case "sum": case "sum-of": case "sum-upto": case "count-to": return overColumn(f, at);
    case "least": return Math.min(...known(numbers(a, at), NaN));
    case "most": return Math.max(...known(numbers(a, at), NaN));
    case "irr": { const rates = irr(numbers(a, at)); return rates.length === 1 ? rates[0] : NaN; }
    case "rank": return rank(f.slice(1), at);
  }
  const x = evaluate(a, at), y = b === undefined ? 0 : evaluate(b, at);
  switch (op) {
    case "+": return x + y;
    case "-": return x - y;
    case "*": return x * y;
    case "/": return x / y;
    case "^": return x ** y;
    case "min": return Math.min(x, y);
    case "max": return Math.max(x, y);
    case "int": return Math.floor(x);
    case "sqrt": return Math.sqrt(x);
    case "<": return x < y;
    case "<=": return x <= y;
    case "known": return Number.isFinite(x);
  }
  throw new Error("no operation " + op);
}

const known = (list, otherwise) => list.length ? list : [otherwise];

function overColumn([op, table, , column, ...args], at) {
  const limit = op === "sum-upto" || op === "count-to" ? evaluate(args.at(-1), at) : 0;
  const by = args[0] && args[0][3];
  const chosen = (row, i, x) =>
    op === "sum-of" ? tables[table].columns[by].cells[i] === at.row :
    op === "sum-upto" ? number(table, row, by) <= limit :
    op === "count-to" ? x <= limit : true;
  let total = 0;
  tables[table].rows.forEach((row, i) => {
    const x = number(table, row, column);
    if (Number.isFinite(x) && chosen(row, i, x)) total += op === "count-to" ? 1 : x;
  });
  return total;
}

// numbers are those among the cells of a column, or of the formula's own row
// between two columns.
function numbers([op, table, row, column, last], at) {
  const order = op === "across" && tables[at.table].order;
  const values = op === "column" ? tables[table].rows.map((r) => number(table, r, column)) :
    order.slice(order.indexOf(column), order.indexOf(last[3]) + 1).map((c) => number(at.table, at.row, c));
  return values.filter(Number.isFinite);
}

function rank(columns, at) {
  const table = columns[0][1];
  const key = (row) => columns.map((c) => number(table, row, c[3]));
  const own = key(at.row);
  const before = (k) => { const i = k.findIndex((x, j) => x !== own[j]); return i >= 0 && k[i] < own[i]; };
  return 1 + tables[table].rows.filter((row) => before(key(row))).length;
}

// irr finds every rate at which the cash is worth nothing: in x = 1/(1+rate) it
// is a polynomial, and one with a change of sign fewer has its roots between.
// See pkg/roi/irr.go.
function irr(cash) {
  const first = cash.findIndex((x) => x !== 0);
  if (first < 0) return [];
  const last = cash.findLastIndex((x) => x !== 0);
  return roots(cash.slice(first, last + 1)).map((x) => 1 / x - 1);
}

function roots(p) {
  let i = -1, j = -1;
  for (let k = 0, before = -1; k < p.length && j < 0; k++) {
    if (p[k] === 0) continue;
    if (before >= 0 && p[k] < 0 !== p[before] < 0) [i, j] = [before, k];
    before = k;
  }
  if (j < 0) return [];
  // Above 1 the polynomial is divided by its highest power: no overflow.
  const sign = (x) => Math.sign(x > 1 ? p.reduce((sum, c) => sum / x + c, 0) : p.reduceRight((sum, c) => sum * x + c, 0));
  const places = [2 ** -1022, ...roots(p.map((c, k) => c * (2 * k - i - j))), 2 ** 53];
  const found = [];
  for (let n = 1; n < places.length; n++) {
    let [low, high] = [places[n - 1], places[n]];
    const start = sign(low);
    if (start * sign(high) >= 0) continue;
    for (let middle = Math.sqrt(low) * Math.sqrt(high), steps = 0; steps < 2000 && middle > low && middle < high; steps++) {
      if (sign(middle) === start) low = middle; else high = middle;
      middle = high / low > 2 ? Math.sqrt(low) * Math.sqrt(high) : low + (high - low) / 2;
    }
    found.push(high);
  }
  return found;
}

// ---- numbers as the report writes them, see pkg/lang/number.go

function digits(x, decimals) {
  const text = String(Math.abs(x)), shifted = text.includes("e") ? Math.abs(x) * 10 ** decimals : Number(text + "e" + decimals);
  const whole = Math.round(shifted), plain = (whole / 10 ** decimals).toFixed(decimals);
  const [front, back] = plain.split(".");
  const grouped = front.replace(/\B(?=(\d{3})+$)/g, live.write.group);
  return [x < 0 && whole > 0 ? "-" : "", back ? grouped + live.write.decimal + back : grouped];
}

const needed = (x) => [1, 10].findIndex((k) => Math.abs(Math.round(x * k) / k - x) < 1e-9);
const decimals = (x) => { const d = needed(x); return d < 0 ? 2 : d; };

// written is a number in words; alone, with its unit.
function written(kind, x, alone) {
  const w = live.write, put = (pattern, [sign, text]) => sign + pattern.replace("#", () => text);
  if (x === Infinity && kind === "months") return w.never;
  if (!Number.isFinite(x)) return w.unknown;
  switch (kind) {
    case "money": return put(w.money, digits(x, 0));
    case "price": return put(w.money, digits(x, 2));
    case "share": { const y = Number((100 * x).toPrecision(15)); return put(w.share, digits(y, Math.min(decimals(y), 1))); }
    case "hours": return put(alone ? w.hours : "#", digits(x, 1));
    case "months": { const text = digits(x, 1); return put(!alone ? "#" : text[1] === w.one ? w.month : w.months, text); }
    case "count": return put("#", digits(x, 0));
  }
  return put("#", digits(x, decimals(x)));
}

// ---- levers

const shown = []; // what follows: a node, and the cell it shows

function follow() {
  for (const [id, t] of Object.entries(tables)) {
    t.place = Object.fromEntries(t.rows.map((row, i) => [row, i]));
    const figures = find(`[data-figures="${CSS.escape(id)}"]`);
    if (figures) for (const item of figures.children)
      shown.push({ node: find(".value", item), kind: item.dataset.kind, table: id, row: item.dataset.key, column: "value", alone: true });
    const table = find(`table[data-table="${CSS.escape(id)}"]`);
    if (table) followTable(id, t, table);
  }
}

function followTable(id, t, table) {
  const keys = all("thead th", table).map((th) => th.dataset.col);
  for (const tr of all("tbody tr, tfoot tr", table)) {
    keys.forEach((column, j) => {
      const cells = t.columns[column]?.cells, row = tr.dataset.key;
      const i = tr.parentNode.tagName === "TFOOT" ? t.rows.length : t.place[row];
      const moved = live.levers.some((l) => l.moves.some((m) => m[0] === id && m[1] === row && m[2] === column));
      if (!cells || !(Array.isArray(cells[i]) || moved)) return;
      const kind = moved ? live.levers.find((l) => l.moves.some((m) => m[1] === row && m[2] === column)).kind : t.columns[column].kind;
      shown.push({ node: find("bdi", tr.cells[j]), td: tr.cells[j], kind, table: id, row, column });
    });
  }
}

function redraw() {
  worked = new Map();
  for (const s of shown) {
    const x = number(s.table, s.row, s.column), text = written(s.kind, x, s.alone);
    if (s.node.textContent !== text) s.node.textContent = text;
    s.node.dataset.value = x; // unrounded
    s.td?.classList.toggle("dim", Number.isNaN(x));
  }
  for (const table of all("table[data-when]"))
    for (const tr of all("tbody tr", table)) tr.classList.toggle("out", !(number(table.dataset.table, tr.dataset.key, table.dataset.when) > 0));
  for (const node of all("[data-copy]"))
    node.textContent = find(`[data-figures="${node.dataset.of}"] [data-key="${node.dataset.copy}"] .value`).textContent;
  drawBars();
  drawCharts();
  drawMark();
  for (const table of all("table[data-sort]")) {
    sort(table);
    const opened = find("tr.opened", table);
    if (opened) find("dl", opened).replaceWith(arithmetic(opened.dataset.of));
  }
}

function levers() {
  const panel = find("#what-if"), inputs = all("input[type=range]", panel);
  panel.hidden = false;
  const lever = (input) => live.levers.find((l) => l.key === input.name);
  const start = new Map(inputs.map((input) => [input, input.value]));
  const moves = (input) => input.value !== start.get(input);
  const say = (input, x) => input.dataset.rest && x === lever(input).value ? input.dataset.rest : written(lever(input).kind, x, true);
  const apply = () => {
    for (const input of inputs) {
      const x = moves(input) ? Number(input.value) : lever(input).value;
      for (const [table, row, column, times] of lever(input).moves) {
        const t = tables[table];
        t.columns[column].cells[t.place[row]] = x * times;
      }
      const text = say(input, x);
      find(`output[for="${input.id}"]`, panel).textContent = text;
      input.setAttribute("aria-valuetext", text);
    }
    const moved = inputs.filter((input) => moves(input));
    const changes = moved.map((input) => filled(live.words.one, {
      name: input.labels[0].textContent, to: say(input, Number(input.value)), from: say(input, lever(input).value) }));
    for (const note of all(".moved")) {
      note.hidden = !moved.length;
      note.textContent = filled(live.words.moved, { changes: changes.join("; ") });
    }
    find("button", panel).disabled = !moved.length;
    redraw();
    tellSearched(moved.map((input) => input.name));
  };
  if (tables.steps) startsAt = now("step");
  drawMark();
  for (const input of inputs) input.addEventListener("input", apply);
  find("button", panel).addEventListener("click", () => {
    for (const input of inputs) input.value = start.get(input);
    apply();
  });
}

// ---- the budget: which plan it buys was found by searching

const now = (row) => number("budget", row, "value");
let startsAt; // the step of the audit's plan

// tellSearched says what the budget buys, and what no longer holds of that which
// was found for the audit's own figures.
function tellSearched(moved) {
  const note = find(".searched");
  if (!note || !tables.steps) return;
  const say = [], step = now("step"), budget = now("budget"), money = (x) => written("money", x);
  const build = number("together", "choice", "build"), next = tables.steps.columns.least.cells[step];
  if (moved.includes("budget")) {
    say.push(filled(live.words.buys, { budget: money(budget), build: money(build), left: money(budget - build) }));
    if (next !== undefined) say.push(filled(live.words.next, { more: money(next - budget) }));
    const asked = { number: String(Math.floor(100 * budget) / 100) };
    if (now("settled") !== 1) say.push(filled(live.words.unsettled, asked));
    if (step !== startsAt) say.push(filled(live.words.calendar, asked));
  }
  if (moved.some((name) => name !== "budget")) say.push(live.words.found);
  note.hidden = !say.length;
  note.textContent = say.join(" ");
}

// drawMark puts a ring around the budget and the plan that are shown.
function drawMark() {
  if (!tables.steps) return;
  for (const plot of all("svg.plot[data-marks]")) {
    const [left, right, x0, x1, bottom, top, y0, y1] = plot.dataset.marks.split(" ").map(Number);
    const within = (x, low, high) => Math.min(Math.max(x, low), high);
    const cx = x0 + (within(now("budget"), left, right) - left) / (right - left) * (x1 - x0);
    const cy = y0 + (within(number("plan-figures", "npv", "value"), bottom, top) - bottom) / (top - bottom) * (y1 - y0);
    find(".here", plot)?.remove();
    find(".if-here", plot.parentNode).hidden = false;
    plot.append(drawing("circle", { class: "here", cx: cx.toFixed(2) + "%", cy: cy.toFixed(2) + "%", r: 9 }));
  }
}

// ---- charts: drawn as pkg/render/html_plot.go does

function drawBars() {
  for (const table of all("table[data-bars]")) {
    if (!tables[table.dataset.table]?.columns[table.dataset.bars]) continue; // none of its figures follows
    const widths = all("tbody tr", table).map((tr) => ({ rect: find(".bar rect", tr), x: number(table.dataset.table, tr.dataset.key, table.dataset.bars) }));
    const most = Math.max(0, ...widths.map((w) => w.x || 0));
    for (const { rect, x } of widths) rect?.setAttribute("width", (most > 0 && x > 0 ? 100 * x / most : 0).toFixed(2));
  }
}

function axis(values, from, to) {
  let low = Math.min(0, ...values), high = Math.max(0, ...values);
  if (high === low) high = low + 1;
  const raw = (high - low) / 4;
  let step = 10 ** Math.floor(Math.log10(raw));
  for (const k of [2, 2.5, 2]) if (step < raw) step *= k;
  low = Math.floor(low / step) * step;
  high = Math.ceil(high / step) * step;
  return {
    at: (x) => (from + (x - low) / (high - low) * (to - from)).toFixed(2),
    ticks: Array.from({ length: Math.round((high - low) / step) + 1 }, (_, k) => low + k * step),
  };
}

function drawCharts() {
  for (const plot of all("svg.plot[data-form]")) {
    const { table, x, y, form } = plot.dataset, columns = y.split(" "), t = tables[table];
    const points = columns.map((column) => t.rows.map((row, i) => ({ row, i, x: number(table, row, x), y: number(table, row, column) }))
      .filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y)));
    const across = axis(points.flat().map((p) => p.x), 3, 97), up = axis(points.flat().map((p) => p.y), 88, 9);
    const kind = (column) => t.columns[column].kind, nodes = [];
    for (const v of up.ticks) {
      const at = up.at(v) + "%";
      nodes.push(drawing("line", { class: v === 0 ? "grid zero" : "grid", x1: 0, x2: "100%", y1: at, y2: at }),
        drawing("text", { x: 0, y: at, dy: -4 }, written(kind(columns[0]), v)));
    }
    for (const v of across.ticks) nodes.push(drawing("text", { class: "under", x: across.at(v) + "%", y: "98%" }, written(kind(x), v)));
    if (form === "lines") nodes.push(drawing("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", width: "100%", height: "100%" },
      ...points.map((line, i) => drawing("path", { class: "line line-" + i, d: "M" + line.map((p) => across.at(p.x) + " " + up.at(p.y)).join("L") }))));
    else for (const p of points[0].reverse()) {
      const cx = across.at(p.x) + "%", cy = up.at(p.y) + "%";
      nodes.push(drawing("g", { class: "dot" }, drawing("title", {}, nameOf(table, p.row)),
        drawing("circle", { cx, cy, r: 11 }), drawing("text", { x: cx, y: cy, dy: 4 }, placeOf(table, p))));
    }
    plot.replaceChildren(...nodes);
  }
}

const nameOf = (table, row) => find(`table[data-table="${table}"] tr[data-key="${CSS.escape(row)}"] th`).textContent;

// placeOf is a row's rank, where the table has ranks.
const placeOf = (table, p) => "rank" in tables[table].columns ? written("count", number(table, p.row, "rank")) : String(p.i + 1);

function drawing(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// ---- tables: sorting, filtering, the arithmetic of a row

const numeric = (text) => {
  if (text === live.write.never) return Infinity;
  const plain = text.replaceAll(live.write.group, "").replace(live.write.decimal, ".").replace(/[^\d.-]/g, "");
  return plain === "" ? NaN : Number(plain);
};

function sortable(table) {
  const heads = all("thead th", table);
  for (const th of heads) {
    const button = make("button", { type: "button" });
    button.append(...th.childNodes);
    th.append(button);
    button.addEventListener("click", () => {
      const order = th.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      th.setAttribute("aria-sort", order);
      sort(table);
    });
    if (th.dataset.col === "rank") th.setAttribute("aria-sort", "ascending");
  }
}

// sort puts the rows in the order that the headings show, if they show one.
function sort(table) {
  const th = find("thead th[aria-sort]", table);
  if (!th) return;
  const asNumbers = th.classList.contains("right"), direction = th.getAttribute("aria-sort") === "descending" ? -1 : 1;
  const text = (tr) => find("bdi", tr.cells[th.cellIndex]).textContent;
  const rows = all("tbody tr[data-key]", table).map((tr) => ({ tr, key: asNumbers ? numeric(text(tr)) : text(tr) }));
  const order = new Intl.Collator(live.write.language, { numeric: true });
  const compared = (x, y) => {
    if (!asNumbers) return direction * order.compare(x.key, y.key);
    if (Number.isNaN(x.key) || Number.isNaN(y.key)) return Number.isNaN(x.key) - Number.isNaN(y.key); // not known stands last
    return x.key === y.key ? 0 : direction * (x.key < y.key ? -1 : 1);
  };
  const sorted = [...rows].sort(compared);
  if (sorted.every((r, i) => r === rows[i])) return;
  const opened = (tr) => tr.nextElementSibling?.className === "opened" ? [tr, tr.nextElementSibling] : [tr];
  find("tbody", table).append(...sorted.flatMap((r) => opened(r.tr)));
}

function filterable(table) {
  const input = make("input", { type: "search" }), count = make("output");
  const label = make("label", { className: "filter" }, live.words.filter + " ", input, " ", count);
  input.addEventListener("input", () => {
    close(table);
    const wanted = plain(input.value), rows = all("tbody tr[data-key]:not(.out)", table);
    const left = rows.filter((tr) => !(tr.hidden = !plain(tr.textContent).includes(wanted)));
    count.textContent = wanted ? filled(live.words.shown, { shown: left.length, all: rows.length }) : "";
    if (table.dataset.table === "links") showLinks(wanted ? new Set(left.map((tr) => tr.dataset.key)) : null);
  });
  table.parentNode.before(label);
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function close(table) {
  for (const tr of all("tr.opened", table)) tr.remove();
  for (const button of all("[aria-expanded=true]", table)) button.setAttribute("aria-expanded", "false");
}

// openable lets a row of the priorities open to the arithmetic of its flow: each
// step with the numbers that stand in its formula.
function openable(table) {
  if (!find('table[data-table="calculation"]')) return;
  for (const tr of all("tbody tr", table)) {
    const th = find("th", tr), name = th.textContent;
    const button = make("button", { type: "button", className: "open", ariaExpanded: "false", ariaLabel: filled(live.words.open, { name }) });
    th.prepend(button);
    button.addEventListener("click", () => {
      const open = button.ariaExpanded === "true";
      close(table);
      if (open) return;
      button.ariaExpanded = "true";
      const row = make("tr", { className: "opened" }, make("td", { colSpan: tr.cells.length }, arithmetic(tr.dataset.key)));
      row.dataset.of = tr.dataset.key;
      tr.after(row);
    });
  }
}

function arithmetic(row) {
  const list = make("dl", { className: "steps" }), steps = find('table[data-table="calculation"]');
  const heads = all("thead th", steps), tr = find(`tbody tr[data-key="${CSS.escape(row)}"]`, steps);
  heads.forEach((th, j) => {
    if (j === 0) return;
    const t = tables.calculation, column = t?.columns[th.dataset.col];
    const cell = column?.cells[t.place[row]];
    const how = Array.isArray(cell) ? explained(live.formulas[cell[0]], { table: "calculation", row }) : "";
    list.append(make("div", {}, make("dt", {}, th.textContent), make("dd", {}, how && how + " = ", make("b", {}, tr.cells[j].textContent))));
  });
  return list;
}

const signs = { "+": " + ", "-": " − ", "*": " × ", "/": " ÷ " };
const tightness = { "+": 1, "-": 1, "*": 2, "/": 2 };

// explained writes a formula with its numbers in place of its cells, along the
// branches that hold; nothing for one that is no plain arithmetic.
function explained(f, at) {
  const text = spelled(f, at, 0);
  return text !== null && /[+−×÷]/.test(text) ? text : "";
}

function spelled(f, at, tight) {
  if (typeof f === "number") return written("number", f);
  const [op, a, b, c] = f;
  if (op === "if") return spelled(evaluate(a, at) ? b : c, at, tight);
  if (op === "cell") {
    const table = tables[a || at.table], kind = table.columns[c].kind;
    const lever = live.levers.find((l) => l.moves.some((m) => m[0] === a && m[1] === b));
    return written(a === "assumptions" ? (lever?.kind ?? (number(a, b, c) <= 1 ? "share" : "number")) : kind, number(a || at.table, b || at.row, c));
  }
  if (op === "sum-of") return written(tables[a].columns[c].kind, overColumn(f, at));
  if (!signs[op]) return null;
  const x = spelled(a, at, tightness[op]), y = spelled(b, at, tightness[op] + (op === "-" || op === "/"));
  if (x === null || y === null) return null;
  const text = x + signs[op] + y;
  return tightness[op] < tight ? "(" + text + ")" : text;
}

// ---- the map: what hangs on a system

let showLinks = () => {}; // keeps some links, by key, in view; null: all

function lightMap() {
  const svg = find(".drawing svg"), nodes = svg ? all(".node[data-id]", svg) : [], edges = svg ? all(".edge[data-from]", svg) : [];
  if (!nodes.length) return;
  const links = edges.map((edge) => ({ edge, from: edge.dataset.from, to: edge.dataset.to }));
  const said = make("p", { className: "hangs", textContent: live.words.help });
  said.setAttribute("aria-live", "polite");
  find("figure:has(.node)").insertBefore(said, find("figure:has(.node) figcaption"));
  svg.setAttribute("role", "group"); // a picture's parts cannot be reached
  const name = (node) => find("title", node).textContent.split("\n")[1] ?? node.dataset.id;
  let kept = null;

  const light = (node) => {
    svg.classList.toggle("dimmed", !!node);
    for (const e of [...nodes, ...edges]) e.classList.remove("near", "far");
    said.textContent = live.words.help;
    if (!node) return;
    const id = node.dataset.id, distance = new Map([[id, 0]]), queue = [id];
    for (const at of queue) for (const l of links) if (l.from === at && !distance.has(l.to)) {
      distance.set(l.to, distance.get(at) + 1);
      queue.push(l.to);
    }
    const sources = new Set(links.filter((l) => l.to === id && l.from !== id).map((l) => l.from));
    for (const n of nodes) {
      const d = distance.get(n.dataset.id);
      if (d <= 1 || sources.has(n.dataset.id)) n.classList.add("near"); else if (d) n.classList.add("far");
    }
    for (const l of links) {
      if (l.from === id || l.to === id) l.edge.classList.add("near"); else if (distance.has(l.from)) l.edge.classList.add("far");
    }
    const counts = [...distance.values()];
    said.textContent = filled(live.words.hangs, {
      name: name(node), direct: counts.filter((d) => d === 1).length, further: counts.filter((d) => d > 1).length, sources: sources.size });
  };
  for (const node of nodes) {
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
    node.setAttribute("aria-pressed", "false");
    node.setAttribute("aria-label", find("title", node).textContent.split("\n").slice(1).join(". "));
    const keep = (on) => {
      for (const n of nodes) n.setAttribute("aria-pressed", String(on && n === node));
      light(kept = on ? node : null);
    };
    node.addEventListener("pointerenter", () => light(node));
    node.addEventListener("focus", () => light(node));
    for (const leave of ["pointerleave", "blur"]) node.addEventListener(leave, () => light(kept));
    node.addEventListener("click", () => keep(kept !== node));
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") keep(false);
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); keep(kept !== node); }
    });
  }
  showLinks = (keys) => {
    for (const l of links) l.edge.classList.toggle("away", !!keys && !keys.has(l.from + ">" + l.to));
  };
}

for (const table of all("table[data-sort]")) {
  sortable(table);
  if (all("tbody tr", table).length > 12) filterable(table);
}
if (live.levers) {
  follow();
  levers();
}
if (live.levers) for (const table of all('table[data-table="ranking"]')) openable(table);
lightMap();
})();
