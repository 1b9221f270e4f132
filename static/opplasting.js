// Uploads: files can be dropped, progress is live, places are looked up as one types. The pages are whole without this.

for (const summary of document.querySelectorAll("[data-focus]")) summary.focus();

// Drop files on the form, and hear at once of one that is too large.
const form = document.querySelector("[data-upload]");
if (form) {
  const field = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  const chosen = form.querySelector("[data-chosen]");
  const tell = () => {
    const files = [...field.files];
    const large = files.find((file) => file.size > (/\.zip$/i.test(file.name) ? form.dataset.mostBytes : form.dataset.fileBytes));
    field.setCustomValidity(large ? `${large.name} ${form.dataset.tooLarge}` : "");
    chosen.textContent = large ? field.validationMessage : files.map((file) => file.name).join(", ");
  };
  field.addEventListener("change", tell);
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    field.files = event.dataTransfer.files;
    tell();
  });
}

// Follow the reading of a file; when it is over, the page tells the rest.
const box = document.querySelector("[data-status]");
if (box) {
  const bar = box.querySelector("[data-progress]");
  const follow = async () => {
    try {
      const answer = await fetch(box.dataset.status, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const now = await answer.json();
        if (!["waiting", "working"].includes(now.state)) return location.reload();
        if (now.state === "working") box.querySelector("[data-step]").textContent = now.step;
        if (now.pages_total) {
          bar.max = now.pages_total;
          bar.value = now.pages_done;
          box.querySelector("[data-pages]").textContent = now.pages;
        }
      }
    } catch {
      // The server may be starting anew: ask again.
    }
    setTimeout(follow, 1000);
  };
  setTimeout(follow, 500);
}

// Keep the list of uploads up to date as long as any of them waits or is read.
const watch = async () => {
  const list = document.querySelector("#uploads[data-live]");
  if (!list) return;
  try {
    const answer = await fetch(list.dataset.live);
    if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#uploads");
      if (fresh && fresh.innerHTML !== list.innerHTML && !list.contains(document.activeElement)) list.replaceWith(fresh);
    }
  } catch {
    // The server may be starting anew: ask again.
  }
  setTimeout(watch, 2000);
};
setTimeout(watch, 1000);

// Look up branches and areas while they are typed.
const confirm = document.querySelector("[data-confirm]");
if (confirm) {
  const value = (name) => new FormData(confirm).get(name) || "";
  const branches = new Map();
  const fill = async (input, address) => {
    const list = document.getElementById(input.getAttribute("list"));
    const words = input.value.trim();
    if (words.length < 2) return;
    const answer = await fetch(`${address}?${new URLSearchParams({ q: words, parti: value("party"), niva: value("level") })}`);
    if (!answer.ok || input.value.trim() !== words) return;
    const { found } = await answer.json();
    list.replaceChildren(
      ...found.map((entry) => {
        if (entry.level) branches.set(entry.value, entry);
        const option = document.createElement("option");
        option.value = entry.value;
        option.label = entry.label;
        return option;
      }),
    );
  };
  const lookups = [
    [confirm.elements.branch, confirm.dataset.lookupBase],
    [confirm.elements.area, confirm.dataset.lookupArea],
  ];
  for (const [input, address] of lookups) {
    let timer;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(fill, 150, input, address);
    });
  }
  // A branch that is chosen from the list brings its level, party and area along.
  confirm.elements.branch.addEventListener("change", () => {
    const branch = branches.get(confirm.elements.branch.value);
    if (!branch) return;
    confirm.elements.area.value = branch.area;
    confirm.elements.level.value = branch.level;
    if (!confirm.elements.party.value) confirm.elements.party.value = branch.party;
  });
}
