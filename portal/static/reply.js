// Saves the form by itself: some time after the last change, and when the page is left.
// Everything works without it; it only presses "save" for whoever is writing.
"use strict";

(() => {
  const form = document.querySelector("form[data-autosave]");
  const told = document.getElementById("sparat");
  if (!form || !told) return;

  const QUIET_MS = 20_000;
  // What a browser still sends for a page that is closing (Fetch, keepalive).
  const MOST_WHEN_LEAVING = 60_000;
  let timer = 0;
  let saving = null;
  let isChanged = false;
  let isStopped = false;

  const texts = () => {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") found.append(name, value);
    }
    return found;
  };

  const tell = (sentence) => { told.textContent = sentence; };

  const heard = async (answer) => {
    const { said, revision, seen } = await answer.json();
    if (answer.ok) {
      form.elements._revision.value = revision;
      form.elements._sett.value = seen;
      if (!said) return;
    } else {
      // Somebody else saved, or the reply was closed: the button leads to the page that tells.
      isStopped = true;
    }
    tell(said);
  };

  const send = async () => {
    isChanged = false;
    tell(form.dataset.saving);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: texts() });
      if (answer.status !== 200 && answer.status !== 409 && answer.status !== 410) throw answer;
      await heard(answer);
    } catch {
      isChanged = true;
      tell(form.dataset.failed);
    }
  };

  const save = () => {
    window.clearTimeout(timer);
    if (isStopped || saving) return saving;
    saving = send().finally(() => {
      saving = null;
      if (isChanged) wait();
    });
    return saving;
  };

  const wait = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, QUIET_MS);
  };

  const leave = () => {
    if (!isChanged || isStopped || saving) return;
    const body = texts();
    if (body.toString().length > MOST_WHEN_LEAVING) { save(); return; }
    isChanged = false;
    fetch(form.dataset.autosave, { method: "POST", body, keepalive: true })
      .then(heard).catch(() => { isChanged = true; });
  };

  tell(form.dataset.saves);

  const tooLarge = (field) =>
    [...field.files].find((file) => file.size > Number(form.dataset.most));

  form.addEventListener("input", () => { isChanged = true; wait(); });
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (field.type !== "file") return;
    const file = tooLarge(field);
    field.setCustomValidity(file ? form.dataset.large.replace("{name}", file.name) : "");
    if (file) field.reportValidity();
  });
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    if (saving) {
      // The save under way changes the draft's revision, which the form must carry.
      event.preventDefault();
      const button = event.submitter;
      saving.finally(() => form.requestSubmit(button));
      return;
    }
    isChanged = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
  });
})();
