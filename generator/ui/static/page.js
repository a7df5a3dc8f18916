"use strict";
const SCRIPT = "score.py";
const MODEL = "trained_model_outputs/";
const READ = [SCRIPT, "_schema.json", "_samples.json", "conda_env.yaml"];
const DEEPEST = 3; // folders below the one that is dropped

const form = document.getElementById("files");
if (form) {
  const script = document.getElementById("script");
  const folder = document.getElementById("folder");
  script.addEventListener("change", () => send([...script.files]));
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
    const size = files.reduce((sum, file) => sum + file.size, 0);
    document.getElementById("too_large").hidden = size <= form.dataset.most;
    if (size > form.dataset.most) {
      script.value = "";
      return;
    }
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

// A file that misses its place is not opened in the page's stead.
for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
}

// The way on is chosen by a button: Enter in a field would load the page anew, without what was typed elsewhere.
document.getElementById("work")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
});

function trouble(name) {
  for (const line of document.querySelectorAll(".trouble > p")) line.hidden = line.id !== name;
}
document.addEventListener("htmx:sendError", () => trouble("stopped"));
document.addEventListener("htmx:responseError", ({ detail }) => trouble(detail.xhr.status === 404 ? "gone" : "failed"));
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => { if (detail.xhr.status < 400) trouble(null); });

// An answer replaces the fields: what was typed while it was on its way stays, and what was opened or scrolled to. htmx
// keeps the focus.
let typed = null;
let opened = [];
let scrolled = [];
document.addEventListener("htmx:beforeSwap", () => {
  opened = [...document.querySelectorAll("details")].map(({ id, open }) => ({ id, open }));
  scrolled = [...document.querySelectorAll(".code[id]")].map(({ id, scrollTop, scrollLeft }) => ({ id, scrollTop, scrollLeft }));
  const { id, value, selectionStart, selectionEnd } = document.activeElement;
  typed = document.activeElement.matches(".typed") ? { id, value, selectionStart, selectionEnd } : null;
});
function reopen() {
  for (const { id, ...state } of [...opened, ...scrolled]) Object.assign(document.getElementById(id) ?? {}, state);
}
document.addEventListener("htmx:afterSettle", reopen); // when htmx has given all elements their new attributes
document.addEventListener("htmx:afterSwap", () => {
  reopen();
  const field = typed && document.getElementById(typed.id);
  if (!field || field.value === typed.value) return;
  field.value = typed.value;
  if (typed.selectionStart !== null) field.setSelectionRange(typed.selectionStart, typed.selectionEnd);
});
