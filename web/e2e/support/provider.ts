// A real provider of OpenID Connect, at which everybody signs in under any name.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = new URL("../../../", import.meta.url).pathname;

export class Provider {
  private constructor(
    private readonly issuer: string,
    private readonly process: ChildProcess,
  ) {}

  /** Starts one that leads back to this page. */
  static async start(page: string): Promise<Provider> {
    execFileSync(join(root, "scripts/tools"), ["install", "oidc"], { stdio: "inherit" });
    const tools = process.env["INFRA_TOOLS_DIR"] ?? join(root, ".tools");
    const child = spawn("node", [join(root, "scripts/oidc-provider.mjs"), `${page}/api/auth/oidc/callback`], {
      env: { ...process.env, INFRA_NODE_MODULES: join(tools, "npm/oidc/node_modules") },
      // Its end is that of its standard input.
      stdio: ["pipe", "pipe", "ignore"],
    });
    const [issuer] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    return new Provider(issuer, child);
  }

  /** What the service is started with. */
  get env(): Record<string, string> {
    return {
      OIDC_ISSUER: this.issuer,
      OIDC_CLIENT_ID: "notes",
      OIDC_CLIENT_SECRET: "a-secret-of-the-client-that-nobody-may-see",
      OIDC_NAME: "Example ID",
    };
  }

  stop(): void {
    this.process.kill();
  }
}
