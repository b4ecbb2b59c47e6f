// Saves the form by itself: some time after the last change, before a button is obeyed, and
// when the page is left. Everything works without it; it only presses "save" for whoever is
// writing. What cannot be saved stays on the page, and the page says so.
"use strict";

(() => {
  const form = document.querySelector("form[data-autosave]");
  const told = document.getElementById("sparat");
  if (!form || !told) return;

  const QUIET_MS = 20_000;
  // What a proxy says of a portal that is closed, and the portal of its database.
  const CLOSED = [502, 503, 504];
  // What a browser still sends for a page that is closing (Fetch, keepalive).
  const MOST_WHEN_LEAVING = 60_000;
  let timer = 0;
  let saving = null;
  let pressed = null;
  let isPressed = false;
  let isChanged = false;
  let isAway = false;
  // Somebody else saved, the reply was closed or the link replaced: only a button, which
  // leads to the page that tells and shows what is written, can go on.
  let isStopped = false;

  const texts = () => {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") found.append(name, value);
    }
    return found;
  };

  const tell = (sentence, isTrouble = false) => {
    told.textContent = sentence;
    told.classList.toggle("trouble", isTrouble);
  };

  const heard = async (answer) => {
    const isOurs = (answer.headers.get("content-type") || "").startsWith("application/json");
    if (!isOurs && ![403, 404, 410].includes(answer.status)) throw answer;
    isAway = false;
    if (!answer.ok) {
      isStopped = isChanged = true;
      tell(isOurs ? (await answer.json()).said : form.dataset.gone, true);
      return;
    }
    const { said, revision, seen } = await answer.json();
    form.elements._revision.value = revision;
    form.elements._sett.value = seen;
    tell(said || form.dataset.saves);
  };

  const send = async (more = {}) => {
    isChanged = false;
    try {
      const body = texts();
      await heard(await fetch(form.dataset.autosave, { method: "POST", body, ...more }));
    } catch (trouble) {
      isChanged = true;
      isAway = !(trouble instanceof Response) || CLOSED.includes(trouble.status);
      tell(form.dataset.failed, true);
    }
  };

  const save = () => {
    window.clearTimeout(timer);
    if (isStopped || saving) return saving;
    if (!isAway) tell(form.dataset.saving);
    saving = send().finally(() => {
      saving = null;
      if (isChanged) wait();
    });
    return saving;
  };

  const wait = () => {
    window.clearTimeout(timer);
    if (!isStopped) timer = window.setTimeout(save, QUIET_MS);
  };

  const leave = () => {
    if (!isChanged || isStopped || saving) return;
    if (texts().toString().length > MOST_WHEN_LEAVING) save();
    else send({ keepalive: true });
  };

  // The button that was pressed, once what is written is safe; not while nobody is there to
  // take it, because the browser would show a page of its own instead of this one.
  const obey = () => {
    if (isAway) { settle(); return; }
    isChanged = false;
    form.requestSubmit(pressed);
  };

  const settle = () => {
    isPressed = false;
    form.removeAttribute("aria-busy");
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
    if (!saving && (!isChanged || isStopped)) {
      isChanged = false;
      return;
    }
    // A save changes the draft's revision, which the form must carry.
    event.preventDefault();
    pressed = event.submitter;
    if (isPressed) return;
    isPressed = true;
    form.setAttribute("aria-busy", "true");
    (saving || save()).finally(obey);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
    else if (isChanged) wait();
  });
  window.addEventListener("pageshow", settle);
  window.addEventListener("online", () => { if (isAway) save(); });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && (isAway || isStopped)) event.preventDefault();
  });
})();
