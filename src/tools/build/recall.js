// Takes the place of a service worker that is to be recalled: it forgets all that was saved, and itself. Pages that are open
// stay as they are.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(`portal:${base}:`));
    await Promise.all(names.map((name) => caches.delete(name)));
    await registration.unregister();
  })());
});
