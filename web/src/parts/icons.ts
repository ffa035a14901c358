// The icons that are seen first: paths on a square of 24, drawn with a round pen. Those of parts that come later are in `drawings.ts`.
import type { drawings } from "./drawings";

/** The address of the page's own icon, which the build writes into the page. */
export const MARK = globalThis.document?.querySelector<HTMLLinkElement>("link[rel=icon]")?.href ?? "";

export const icons = {
  note: "M5 4h14a1 1 0 0 1 1 1v9l-6 6H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1ZM20 14h-5a1 1 0 0 0-1 1v5M8 9h8M8 13h4",
  bell: "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 6H4s2-1 2-6ZM10 20h4",
  archive: "M4 5h16v4H4zM5.5 9v10h13V9M10 13h4",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  label: "M4 5h9.5l6.5 7-6.5 7H4zM8.5 12h.01",
  pencil: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  plus: "M12 5v14M5 12h14",
  search: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM16 16l4.5 4.5",
  close: "M6 6l12 12M18 6 6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M12 5a.5.5 0 1 0 .01 0M12 11.5a.5.5 0 1 0 .01 0M12 18a.5.5 0 1 0 .01 0",
  pin: "M9 4h6M10 4v6l-3 4h10l-3-4V4M12 14v6",
  filter: "M4 6h16M7 12h10M10 18h4",
  gridNormal: "M4 4h7v7H4zM13 4h7v4h-7zM13 10h7v10h-7zM4 13h7v7H4z",
  gridLarge: "M4 4h16v7H4zM4 13h16v7H4z",
  cloudOff: "M8.5 6.5A6 6 0 0 1 17 10a4.5 4.5 0 0 1 2.5 7.7M16 19H8a5 5 0 0 1-1.5-9.8M4 4l16 16",
  warning: "M12 4.5 21 20H3zM12 10v4.5M12 17.2h.01",
  refresh: "M19.5 9A8 8 0 0 0 5 8M4.5 4v4.5H9M4.5 15A8 8 0 0 0 19 16M19.5 20v-4.5H15",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  circle: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z",
} as const;

export type IconName = keyof typeof icons | keyof typeof drawings;
