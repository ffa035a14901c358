// Texts that are seen outside of the page: in the manifest and in notifications of the service worker. The build writes them there, in each
// language (`build/outside.ts`).

export const OUTSIDE = [
  "Notes",
  "Notes with labels, reminders and checklists.",
  "Take a note",
  "New checklist",
  "Search",
  "Reminders",
  "Reminder",
  "Untitled note",
];
