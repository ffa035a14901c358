// What shows the text of notes on cards: it is loaded while the service is asked for them, so that both are there at once.
import type Markdown from "../markdown/Markdown.svelte";

class Text {
  /** Nothing where it could not be loaded: then the text is shown as it was written. */
  Markdown = $state.raw<typeof Markdown>();
  ready = $state(false);

  load(): void {
    if (this.ready) return;
    import("../markdown/Markdown.svelte")
      .then(({ default: loaded }) => (this.Markdown = loaded))
      .catch(() => {})
      .finally(() => (this.ready = true));
  }
}

export const text = new Text();
