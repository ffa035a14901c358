declare module "*.compiled.js" {
  import type { Catalog } from "./runtime";
  export const c: Catalog["c"];
  export const p: NonNullable<Catalog["p"]>;
}
