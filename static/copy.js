// Shows the copy buttons where copying works, and tells what was copied, to the eye and to screen readers.
// The page is whole without this script: every text that a button copies can be selected.
for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) break;
  const status = document.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
    status.textContent = ""; // so that the same words are told again
    setTimeout(() => (status.textContent = `${status.dataset.copied}: ${button.textContent.trim()}`), 50);
  });
}
