// Long programmes: where one is in the outline, old anchors, folded text on paper. The pages are whole without this script.
const reader = document.querySelector("[data-programme]");

// What the page of the programme once had whole stands on the pages of its chapters: ask where.
const seek = () => {
  const anchor = location.hash.slice(1);
  if (/^[klt]-/.test(anchor) && !document.getElementById(anchor)) {
    location.replace(`${reader.dataset.programme}?til=${encodeURIComponent(anchor)}`);
  }
};
addEventListener("hashchange", seek);
seek();

// The outline is scrolled to what is read, and marks the heading that was passed last.
const outline = document.querySelector(".outline");
const show = (link) => {
  if (!outline || outline.scrollHeight <= outline.clientHeight) return;
  const place = link.offsetTop - outline.offsetTop;
  if (place < outline.scrollTop || place > outline.scrollTop + outline.clientHeight - 48) {
    outline.scrollTop = place - outline.clientHeight / 2;
  }
};
const links = new Map();
for (const link of outline?.querySelectorAll("a[href*='#k-']") ?? []) {
  const heading = document.getElementById(link.hash.slice(1));
  if (heading && link.pathname === location.pathname) links.set(heading, link);
}
const present = outline?.querySelector("[aria-current]");
if (present) show(present);
let marked = null;
let waits = false;
const follow = () => {
  waits = false;
  let passed = null;
  for (const [heading, link] of links) {
    if (heading.getBoundingClientRect().top < innerHeight / 3) passed = link;
  }
  if (passed === marked) return;
  if (marked) marked.removeAttribute("aria-current");
  marked = passed;
  if (!marked) return;
  marked.setAttribute("aria-current", "location");
  show(marked);
};
if (links.size) {
  addEventListener("scroll", () => {
    if (!waits) requestAnimationFrame(follow);
    waits = true;
  }, { passive: true });
  follow();
}

// A choice in the outline of a phone closes it, for it would lie over what was chosen.
outline?.addEventListener("click", (event) => {
  if (event.target.closest("a") && matchMedia("(max-width: 900px)").matches) outline.open = false;
});

// Browsers that know no ::details-content print folded text folded.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll(".fold")) fold.open = true;
});
