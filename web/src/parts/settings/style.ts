// The styles of the settings, which nobody needs who looks at notes: they come with this part of the page.
import href from "./settings.css?url";

await new Promise<void>((resolve) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  // Without them everything is there, and plain.
  link.onload = link.onerror = () => resolve();
  link.href = href;
  document.head.append(link);
});
