// What is pasted is sent as the clipboard has it, with its marks and headings. Without this the plain text is sent.

const area = document.querySelector("[data-paste]");
if (area) {
  const rich = document.querySelector("[data-paste-html]");
  const told = document.querySelector("[data-paste-told]");
  let parts = []; // what has been pasted so far, one after the other
  let pasted = ""; // the text that it stands for

  const keep = () => {
    const files = new DataTransfer();
    // Pictures within the text would be most of it, and nobody reads them.
    const html = parts.join("\n").replace(/(\ssrc\s*=\s*["'])data:[^"']*/gi, "$1");
    if (html) files.items.add(new File([html], "innlimt.html", { type: "text/html" }));
    rich.files = files.files;
    told.textContent = html ? area.dataset.rich : area.value.trim() ? area.dataset.plain : "";
  };

  area.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    const whole = area.selectionStart === 0 && area.selectionEnd === area.value.length;
    const atEnd = area.selectionStart === area.value.length && area.value === pasted;
    if (html.trim() && (whole || (atEnd && parts.length))) parts = [...(whole ? [] : parts), html];
    else parts = [];
    // The browser puts the text in right after this.
    setTimeout(() => {
      pasted = area.value;
      keep();
    });
  });

  area.addEventListener("input", () => {
    setTimeout(() => {
      if (area.value === pasted) return;
      parts = [];
      keep();
    });
  });
}
