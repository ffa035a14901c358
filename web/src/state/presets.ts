// Times that are usual for a reminder.

export interface Suggestion {
  label: string;
  at: Date;
}

const HOUR = 3_600_000;

/** Usual times for a reminder: at least three, all to come, at whatever hour of whatever day. */
export function suggestions(now = new Date()): Suggestion[] {
  const at = (days: number, hour: number): Date =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const hour = now.getHours();
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    // Who is still awake means the morning after this night.
    ...(hour < 5 ? [{ label: "This morning", at: at(0, 8) }] : []),
    hour < 18 ? { label: "This evening", at: at(0, 20) } : { label: "In an hour", at: new Date(now.getTime() + HOUR) },
    { label: "Tomorrow morning", at: at(1, 8) },
    // On a Sunday, tomorrow is Monday.
    toMonday === 1 ? { label: "Next Saturday", at: at(6, 8) } : { label: "Next Monday", at: at(toMonday, 8) },
  ];
}
