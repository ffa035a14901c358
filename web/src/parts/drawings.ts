// Icons of parts that are loaded on demand, drawn as those of `icons.ts`.
import { draw } from "./Icon.svelte";

export const drawings = {
  check: "M5 12.5 10 17 19 7.5",
  settings: "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4M4 12h5M13 12h7M11 10v4",
  signOut: "M14 4H5v16h9M10 12h10M16.5 8.5 20 12l-3.5 3.5",
  help: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM9.8 9.5c.3-2.7 4.6-2.5 4.4.2-.1 1.6-2.2 1.7-2.2 3.3M12 16.2h.01",
  history: "M4.5 8A8.2 8.2 0 1 1 4 13M4 4v4.5h4.5M12 8v4.5l3 2",
  copy: "M9 9h11v11H9zM5.5 15H4V4h11v1.5",
  download: "M12 4v11M7.5 11 12 15.5 16.5 11M4.5 20h15",
  upload: "M12 16V5M7.5 9.5 12 5l4.5 4.5M4.5 20h15",
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  up: "M12 19V6M6.5 11.5 12 6l5.5 5.5",
  down: "M12 5v13M6.5 12.5 12 18l5.5-5.5",
  back: "M19 12H5.5M11 6l-6 6 6 6",
  key: "M8.5 11a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM11.7 12.3 20 4M16.5 7.5l3 3",
  device: "M4 5h16v11H4zM9 20h6M12 16v4",
  file: "M18.5 11.5 12 18a4.2 4.2 0 0 1-6-6l7.5-7.5a2.8 2.8 0 0 1 4 4L10 16a1.4 1.4 0 0 1-2-2l6.5-6.5",
  people:
    "M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM2.5 19.5c.6-3.6 3.3-5 6.5-5s5.9 1.4 6.5 5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.9c2.2.6 3.6 2.1 4 4.6",
  share: "M12 15V4M8 7.5 12 3.5l4 4M5 11v9h14v-9",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.5 1.5M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5",
  repeat: "M4 11V9.5A3.5 3.5 0 0 1 7.5 6H20M17 3l3 3-3 3M20 13v1.5a3.5 3.5 0 0 1-3.5 3.5H4M7 21l-3-3 3-3",
  skip: "M5 5l9 7-9 7zM18 5v14",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
} as const;

draw(drawings);
