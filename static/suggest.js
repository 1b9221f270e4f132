// Offers words of the archive while one types; the search works without it.
const list = document.createElement("datalist");
list.id = "search-suggestions";
document.body.append(list);
let waiting;
for (const field of document.querySelectorAll("[data-suggestions]")) {
  field.setAttribute("list", list.id);
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(field.value)}`);
      if (!answer.ok) return;
      list.replaceChildren(...(await answer.json()).map((words) => new Option(words, words)));
    }, 150);
  });
}
