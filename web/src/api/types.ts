// Types of the service's document that only parts loaded on demand know.
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Attachment = Schemas["Attachment"];
export type FilterQuery = Schemas["FilterQuery"];
export type Invitation = Schemas["Invitation"];
export type LinkedNote = Schemas["LinkedNote"];
export type NewRecurrence = Schemas["NewRecurrence"];
export type NoteLink = Schemas["NoteLink"];
export type PushSubscribed = Schemas["PushSubscription"];
export type Recurrence = Schemas["Recurrence"];
export type ReminderSettings = Schemas["ReminderSettings"];
export type SavedFilter = Schemas["SavedFilter"];
export type Share = Schemas["Share"];
export type ShareRight = Schemas["ShareRight"];
export type SharedNote = Schemas["SharedNote"];
