// Offers names, words, headings and pledges of the archive while one types; the search works without it.
// A combobox as ARIA describes it: the field keeps the focus, arrows move through the list, Enter follows, Escape closes.
for (const field of document.querySelectorAll("[data-suggestions]")) {
  const list = document.createElement("ul");
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.role = "listbox";
  list.ariaLabel = field.labels[0].textContent;
  list.hidden = true;
  field.parentElement.append(list);
  field.type = "text"; // a search field may be no combobox
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" }))
    field.setAttribute(name, value);

  let waiting, asked = 0, active = -1;

  const activate = (number) => {
    const options = [...list.children];
    active = options.length ? (number + options.length + 1) % (options.length + 1) : -1;
    if (active === options.length) active = -1; // back in the field
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    }
  };
  const show = (isShown) => {
    list.hidden = !isShown;
    field.setAttribute("aria-expanded", String(isShown));
    activate(-1);
  };
  const follow = (option) => {
    if (option.dataset.url) location.assign(option.dataset.url);
    else {
      field.value = option.dataset.query;
      show(false);
      field.form.requestSubmit();
    }
  };
  const optionOf = (suggestion, at) => {
    const option = document.createElement("li");
    option.id = `${list.id}-${at}`;
    option.role = "option";
    if (suggestion.url) option.dataset.url = suggestion.url;
    else option.dataset.query = suggestion.q;
    if (suggestion.what) {
      const what = document.createElement("span");
      what.textContent = suggestion.what;
      option.append(what, " ");
    }
    option.append(suggestion.label);
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    option.addEventListener("click", () => follow(option));
    return option;
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const number = ++asked;
      const answer = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(field.value)}`);
      if (!answer.ok || number !== asked) return;
      list.replaceChildren(...(await answer.json()).map(optionOf));
      show(list.children.length > 0 && document.activeElement === field);
    }, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!list.children.length) return;
      if (list.hidden) show(true);
      activate(event.key === "ArrowDown" ? active + 1 : active - 1);
    } else if (event.key === "Enter" && active >= 0) follow(list.children[active]);
    else if (event.key === "Escape" && !list.hidden) show(false);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => show(false));
}
