"use strict";
const SCRIPT = "score.py";
const MODEL = "trained_model_outputs/";
const READ = [SCRIPT, "_schema.json", "_samples.json", "conda_env.yaml"];
const DEEPEST = 3; // folders below the one that is dropped

const form = document.getElementById("files");
if (form) {
  const script = document.getElementById("script");
  const folder = document.getElementById("folder");
  script.addEventListener("change", () => form.submit());
  folder.addEventListener("change", () => {
    sendModel([...folder.files].map((file) => ({ path: file.webkitRelativePath, file })));
  });
  const drop = document.querySelector(".drop");
  document.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  document.addEventListener("dragleave", () => drop.classList.remove("over"));
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    if (entries.some((entry) => entry.isDirectory)) {
      const found = await Promise.all(entries.map((entry) => filesIn(entry, DEEPEST)));
      sendModel(found.flat());
    } else {
      send([...event.dataTransfer.files]);
    }
  });

  function send(files) {
    const wanted = new DataTransfer();
    for (const file of files) wanted.items.add(file);
    script.multiple = true;
    script.files = wanted.files;
    form.submit();
  }

  // The script beside the model's folder counts before the one in it, as for `scoregen ui FOLDER`.
  function sendModel(found) {
    const read = found.map(({ path, file }) => ({ place: path.slice(0, -file.name.length), file }))
      .filter(({ file }) => READ.includes(file.name));
    const places = read.filter(({ file }) => file.name === SCRIPT).map(({ place }) => place)
      .sort((one, other) => one.length - other.length);
    const beside = places[0];
    const several = places.some((place) => place !== beside && place !== beside + MODEL);
    document.getElementById("several").hidden = !several;
    if (several) {
      folder.value = "";
      return;
    }
    const inside = read.some(({ place }) => place === beside + MODEL) ? beside + MODEL : beside;
    send(read.filter(({ place, file }) => place === (file.name === SCRIPT ? beside : inside)).map(({ file }) => file));
  }
}

async function filesIn(entry, depth) {
  if (entry.isFile) {
    if (!READ.includes(entry.name)) return [];
    return [{ path: entry.fullPath, file: await new Promise((done, failed) => entry.file(done, failed)) }];
  }
  if (depth < 0) return [];
  const reader = entry.createReader();
  const found = [];
  for (;;) { // a reader hands out a folder in parts, and nothing at its end
    const part = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!part.length) return found;
    for (const inner of part) found.push(...await filesIn(inner, depth - 1));
  }
}

// An answer replaces the fields: what was typed while it was on its way stays. htmx keeps the focus.
let typed = null;
document.addEventListener("htmx:beforeSwap", () => {
  const { id, value, selectionStart, selectionEnd } = document.activeElement;
  typed = document.activeElement.matches(".typed") ? { id, value, selectionStart, selectionEnd } : null;
});
document.addEventListener("htmx:afterSwap", () => {
  const field = typed && document.getElementById(typed.id);
  if (!field || field.value === typed.value) return;
  field.value = typed.value;
  if (typed.selectionStart !== null) field.setSelectionRange(typed.selectionStart, typed.selectionEnd);
});
