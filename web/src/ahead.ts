// What is loaded once the page rests, before anybody asks for it: what answers a press should not wait for the network, and what says that
// something is missing must be there when the network is what is missing.
for (const part of [
  () => import("./parts/CardTools.svelte"),
  () => import("./parts/Floating.svelte"),
  () => import("./parts/motion"),
  () => import("./parts/NotePickers.svelte"),
  () => import("./parts/Empty.svelte"),
  () => import("./parts/Known.svelte"),
  () => import("./parts/Elsewhere.svelte"),
  () => import("./parts/Expired.svelte"),
  () => import("./state/find"),
  () => import("./state/searching"),
  () => import("./parts/SelectionBar.svelte"),
  () => import("./parts/Confirm.svelte"),
  () => import("./parts/FilterPanel.svelte"),
  () => import("./parts/ThemeMenu.svelte"),
  () => import("./parts/AccountMenu.svelte"),
]) {
  part().catch(() => {});
}

export {};
