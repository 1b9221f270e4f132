// Keyboard and marking for the preview; the page is whole without this script.
const entries = [...document.querySelectorAll("[data-entry]")];
const of = (id) => [...document.querySelectorAll("[data-of]")].filter((run) => run.dataset.of === id);

// Scroll a pane to show something in it, and leave the window where it is.
function reveal(element) {
  const pane = element?.closest(".beside > section");
  if (!pane) return;
  const [outer, inner] = [pane.getBoundingClientRect(), element.getBoundingClientRect()];
  if (inner.top < outer.top + 40) pane.scrollTop += inner.top - outer.top - 40;
  else if (inner.bottom > outer.bottom - 40) pane.scrollTop += Math.min(inner.bottom - outer.bottom + 40, inner.top - outer.top - 40);
}

// Where source and parse stand side by side, let them fill the window while one works in them.
function fill() {
  const beside = document.querySelector("[data-preview]");
  if (beside && matchMedia("(min-width: 901px)").matches && beside.getBoundingClientRect().top > 0) beside.scrollIntoView();
}

function show(entry) {
  fill();
  if (matchMedia("(min-width: 901px)").matches) reveal(entry);
  else entry.scrollIntoView({ block: "nearest" });
}

function mark(id, { scrollSource = true } = {}) {
  document.querySelectorAll(".marked").forEach((one) => one.classList.remove("marked"));
  document.getElementById(`p-${id}`)?.classList.add("marked");
  const runs = of(id);
  runs.forEach((run) => run.classList.add("marked"));
  if (scrollSource) reveal(runs.find((run) => run.getClientRects().length));
}

function goTo(entry) {
  if (!entry) return;
  entry.focus({ preventScroll: true });
  show(entry);
  mark(entry.dataset.entry);
}

function fromAddress() {
  const match = location.hash.match(/^#[pkt]-(\w+)$/);
  if (match) mark(match[1]);
}

document.addEventListener("click", (event) => {
  const run = event.target.closest("[data-of]");
  const entry = run && document.getElementById(`p-${run.dataset.of}`);
  if (entry && !event.target.closest("input")) {
    mark(run.dataset.of, { scrollSource: false });
    show(entry);
  }
});

const here = () => document.activeElement?.closest("[data-entry]") ?? document.querySelector("[data-entry].marked");
const step = (by) => entries[Math.min(Math.max(entries.indexOf(here()) + by, 0), entries.length - 1)];
const press = (key, where = here()) => where?.querySelector(`[data-key=${key}]`)?.click();

// Open the panel of an entry at one of its fields, now or on the page that comes.
function edit(field) {
  const found = here()?.querySelector(field);
  if (found) return found.focus();
  if (!here()?.querySelector("[data-key=e]")) return;
  sessionStorage.setItem("field", field);
  press("e");
}

// Send the form of an entry with a kind of change that has no button of its own.
function send(values) {
  const form = here()?.querySelector("form[data-quick]");
  if (!form) return;
  for (const [name, value] of Object.entries(values)) {
    form.querySelector(`input[name=${name}]`)?.remove();
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
  }
  form.submit();
}

function heading(level) {
  if (!here()) return;
  send("heading" in here().dataset ? { kind: "level", level } : { kind: "kind", to: `heading-${level}` });
}

const keys = {
  j: () => goTo(step(1)),
  k: () => goTo(step(-1)),
  n: () => document.querySelector("[rel=next]")?.click(),
  p: () => document.querySelector("[rel=prev]")?.click(),
  v: () => here()?.querySelector("[data-show]")?.click(),
  e: () => edit("[data-edit]"),
  s: () => edit("[data-split]"),
  c: () => edit("#edit-section"),
  t: () => edit("#edit-main"),
  h: () => ("heading" in (here()?.dataset ?? {}) ? press("h") : heading(Math.min(here()?.dataset.level ?? 1, 4))),
  x: () => {
    const lines = document.querySelector("[data-lines]");
    lines?.closest("details")?.setAttribute("open", "");
    (lines?.querySelector(".marked input") ?? lines?.querySelector("input"))?.focus();
  },
  "?": () => document.querySelector("[data-help]")?.toggleAttribute("open"),
};
for (const key of ["m", "f", "g", "o"]) keys[key] = () => press(key);
for (const level of ["1", "2", "3", "4"]) keys[level] = () => heading(level);
keys.u = () => press("u", document);

// The question of the queue: its buttons by their keys, wherever one is on the page.
const card = document.querySelector("[data-doubt]");
for (const key of ["a", "r", "l", "i", "y"]) keys[key] = () => press(key, card);

// Keys of one letter can come in the way of speech control: they can be turned off, and stay so (WCAG 2.1.4).
const keysOn = document.querySelector("[data-keys]");
if (keysOn) {
  keysOn.closest("[hidden]").hidden = false;
  keysOn.checked = localStorage.getItem("keys") !== "off";
  keysOn.addEventListener("change", () => localStorage.setItem("keys", keysOn.checked ? "on" : "off"));
}

document.addEventListener("keydown", (event) => {
  if (keysOn && !keysOn.checked) return;
  const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
  if (typing && event.key === "Escape") here()?.focus();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

window.addEventListener("hashchange", fromAddress);
fromAddress();
// The browser goes to the target of the address after this script, and again when the pictures are there: come after.
const field = sessionStorage.getItem("field") ?? "[data-edit]";
sessionStorage.removeItem("field");
function arrive() {
  if (card && !location.hash && !document.querySelector("[data-focus]")) {
    // The question comes first: its place is shown below, and the window stays where it is.
    mark(card.dataset.row);
    reveal(document.getElementById(`p-${card.dataset.row}`));
    if (!document.activeElement?.closest("textarea, input, select")) card.focus({ preventScroll: true });
    return;
  }
  const first = document.querySelector("[data-focus]") ?? document.querySelector(`[data-editing] ${field}`);
  const entry = document.querySelector("[data-entry].marked");
  if (entry && !first?.closest(".error-summary")) show(entry);
  if (!document.activeElement?.closest("textarea, input, select")) (first ?? entry)?.focus({ preventScroll: !first });
}
setTimeout(arrive);
window.addEventListener("load", () => setTimeout(arrive));
