// The service's API, with the types of its document: the only place that sends requests.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];
export type Account = Schemas["Account"];
export type Color = Schemas["Color"];
export type Label = Schemas["Label"];
export type Note = Schemas["Note"];
export type NewNote = Schemas["NewNote"];
export type NotePatch = Schemas["NotePatch"];
export type Hit = Schemas["Hit"];
export type Place = Schemas["Place"];
export type Problem = Schemas["Problem"];
export type Revision = Schemas["Revision"];
export type Session = Schemas["Session"];
export type Token = Schemas["Token"];

export const api = createClient<paths>({ baseUrl: "/", credentials: "same-origin" });
