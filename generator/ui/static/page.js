// What HTML cannot do by itself: send a folder's few files that are read, open a file that is dropped.
"use strict";
const READ = ["score.py", "_schema.json", "_samples.json", "conda_env.yaml"];
const form = document.getElementById("files");
if (form) {
  const script = document.getElementById("script");
  const folder = document.getElementById("folder");
  script.addEventListener("change", () => form.submit());
  folder.addEventListener("change", () => {
    const wanted = new DataTransfer();
    for (const file of folder.files) {
      if (READ.includes(file.name)) wanted.items.add(file);
    }
    script.multiple = true;
    script.files = wanted.files;
    form.submit();
  });
  const drop = document.querySelector(".drop");
  document.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  document.addEventListener("dragleave", () => drop.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    script.files = event.dataTransfer.files;
    form.submit();
  });
}
