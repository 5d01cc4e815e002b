// What a board's editor needs a browser for: points that are dragged, arrow keys in the grid, and
// keeping what is typed while there is no connection. Fields hold the data; this only writes there.
const find = (cell) => document.querySelector(`[data-cell="${CSS.escape(cell)}"]`);
const tell = (field, ...names) =>
  names.forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));

// Points. While one is dragged nothing is sent; where it is let go, both fields say so.
let drag = null;
const scaleOf = (point) => JSON.parse(point.closest("svg").dataset.scale);
const place = ([start, length, low, high], value) => start + ((value - low) / (high - low)) * length;
const round = (value, [, , low, high, nudge]) =>
  Number((Math.round(Math.min(high, Math.max(low, value)) / nudge) * nudge).toPrecision(10));
function put(point, risk, gain) {
  const { across, up } = scaleOf(point);
  const [r, g] = [round(Math.max(0, risk), across), round(gain, up)];
  point.setAttribute("transform", `translate(${place(across, r)} ${place(up, g)})`);
  find(point.dataset.risk).value = r;
  find(point.dataset.gain).value = g;
}
const send = (point) => [point.dataset.risk, point.dataset.gain].forEach((it) => tell(find(it), "input"));
const pointOf = (event) => event.target.closest?.(".plot .point");

addEventListener("pointerdown", (event) => {
  const point = pointOf(event);
  if (!point || event.button) return;
  event.preventDefault();
  point.focus({ preventScroll: true });
  point.setPointerCapture(event.pointerId);
  drag = { point, moved: false };
});
addEventListener("pointermove", (event) => {
  if (!drag) return;
  const svg = drag.point.closest("svg");
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const { across, up } = scaleOf(drag.point);
  const value = ([start, length, low, high], at) => low + ((at - start) / length) * (high - low);
  drag.moved = true;
  put(drag.point, value(across, x), value(up, y));
});
["pointerup", "pointercancel"].forEach((name) => addEventListener(name, () => {
  if (drag?.moved) send(drag.point);
  drag = null;
}));

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  const point = pointOf(event);
  const square = event.target.closest?.(".risk-grid .square");
  if (!point && !square) return;
  event.preventDefault();
  if (square) return walk(square, step);
  const { across, up } = scaleOf(point);
  const times = event.shiftKey ? 10 : 1;
  const now = (cell) => Number(find(cell).value);
  put(point, now(point.dataset.risk) + step[0] * times * across[4],
    now(point.dataset.gain) + step[1] * times * up[4]);
  send(point);
});

// The grid: one stop for Tab, arrow keys within.
function walk(square, [right, up]) {
  const row = square.closest("tr");
  const rows = [...row.parentElement.children];
  const cells = (of) => [...of.querySelectorAll(".square")];
  const next = rows[rows.indexOf(row) - up];
  const to = next && cells(next)[cells(row).indexOf(square) + right];
  if (to) to.focus();
}
const stops = (grid, at) => grid.querySelectorAll(".square").forEach((it) => { it.tabIndex = it === at ? 0 : -1; });
addEventListener("focusin", (event) => {
  const square = event.target.closest?.(".risk-grid .square");
  if (square) stops(square.closest(".risk-grid"), square);
});

// What is typed stays in this window, too, until the server says that it is kept: a line may be
// dead for a while before anybody sees it, and a page that comes back may be cut off again.
const QUIET_MS = 800; // after typing, before the server is asked
const PATIENCE_MS = 5000; // until it is asked again
const STALE_MS = 60000; // what a page was left with on a living line has arrived, and others may have changed it since
const key = () => `unsent-board:${location.pathname}`;
const leftAt = () => `${key()}:left`;
const unsent = () => JSON.parse(sessionStorage.getItem(key()) || "{}");
const line = () => (window.did_handshake && window.socket?.connected ? window.socket.id : null);
let typedAt = 0;
let askedAt = -PATIENCE_MS;
let toldOn = null;
addEventListener("input", (event) => {
  const cell = event.target.dataset?.cell;
  if (!cell) return;
  typedAt = performance.now();
  sessionStorage.setItem(key(), JSON.stringify({ ...unsent(), [cell]: event.target.value }));
});
addEventListener("pagehide", () => {
  if (line() && sessionStorage.getItem(key())) sessionStorage.setItem(leftAt(), Date.now());
});
function settle() {
  const editor = document.querySelector(".board-editor");
  if (!editor || !line()) return;
  if (toldOn !== line()) {
    toldOn = line();
    if (Date.now() - (sessionStorage.getItem(leftAt()) ?? Date.now()) > STALE_MS) sessionStorage.removeItem(key());
    sessionStorage.removeItem(leftAt());
    Object.entries(unsent()).map(([cell, text]) => [find(cell), text]).filter(([field]) => field)
      .forEach(([field, text]) => { field.value = text; tell(field, "input", "change"); });
  }
  if (!sessionStorage.getItem(key())) return;
  const now = performance.now();
  if (Number(editor.dataset.kept) >= typedAt) sessionStorage.removeItem(key());
  else if (now - typedAt > QUIET_MS && now - askedAt > PATIENCE_MS) {
    askedAt = now;
    editor.dispatchEvent(new CustomEvent("ask", { detail: typedAt }));
  }
}

function lead() {
  document.querySelectorAll(".risk-grid").forEach((grid) => {
    const here = document.activeElement?.closest(".risk-grid .square");
    if (!grid.querySelector('.square[tabindex="0"]')) {
      stops(grid, here && grid.contains(here) ? here : grid.querySelector(".square"));
    }
  });
}
setInterval(() => { lead(); settle(); }, 500);
