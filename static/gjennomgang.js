// Keyboard and marking for the preview; the page is whole without this script.
const entries = [...document.querySelectorAll("[data-entry]")];
const of = (id) => [...document.querySelectorAll("[data-of]")].filter((run) => run.dataset.of === id);

function mark(id, { scrollSource = true } = {}) {
  document.querySelectorAll(".marked").forEach((one) => one.classList.remove("marked"));
  document.getElementById(`p-${id}`)?.classList.add("marked");
  const runs = of(id);
  runs.forEach((run) => run.classList.add("marked"));
  if (scrollSource) runs.find((run) => run.getClientRects().length)?.scrollIntoView({ block: "nearest" });
}

function goTo(entry) {
  if (!entry) return;
  entry.focus({ preventScroll: true });
  entry.scrollIntoView({ block: "nearest" });
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
    entry.scrollIntoView({ block: "nearest" });
  }
});

const here = () => document.activeElement?.closest("[data-entry]") ?? document.querySelector("[data-entry].marked");
const step = (by) => entries[Math.min(Math.max(entries.indexOf(here()) + by, 0), entries.length - 1)];
const keys = {
  j: () => goTo(step(1)),
  k: () => goTo(step(-1)),
  n: () => document.querySelector("[rel=next]")?.click(),
  p: () => document.querySelector("[rel=prev]")?.click(),
  v: () => here()?.querySelector("[data-show]")?.click(),
  e: () => here()?.querySelector("[data-edit]")?.focus() ?? here()?.querySelector("[data-key=e]")?.click(),
  m: () => here()?.querySelector("[data-key=m]")?.click(),
  f: () => here()?.querySelector("[data-key=f]")?.click(),
  s: () => {
    const field = here()?.querySelector("[data-split]");
    if (field) return field.focus();
    const link = here()?.querySelector("[data-key=e]");
    if (link) sessionStorage.setItem("split", "1");
    link?.click();
  },
  "?": () => document.querySelector("[data-help]")?.toggleAttribute("open"),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
  if (typing && event.key === "Escape") here()?.focus();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

window.addEventListener("hashchange", fromAddress);
fromAddress();
// The browser moves the focus to the target of the address after this script: come after that.
window.addEventListener("load", () => setTimeout(() => {
  const splitting = sessionStorage.getItem("split");
  sessionStorage.removeItem("split");
  const first = document.querySelector("[data-focus]") ?? document.querySelector(splitting ? "[data-split]" : "[data-edit]");
  (first ?? document.querySelector("[data-entry].marked"))?.focus({ preventScroll: !first });
}));
