// Builds the page once, before anybody opens it, unless SITE_DIR names one.
import { execFileSync } from "node:child_process";

export default function build(): void {
  if (process.env["SITE_DIR"]) return;
  const root = new URL("../../../", import.meta.url).pathname;
  execFileSync(`${root}scripts/tools`, ["install", "web"], { stdio: "inherit" });
  execFileSync("npm", ["run", "--silent", "build"], {
    cwd: `${root}web`,
    stdio: "inherit",
  });
}
