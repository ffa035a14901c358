// The real service, which serves the built page over an empty database of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

/** A port that nobody has at this moment: the service has to know its address before it listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a server without a port");
  return address.port;
}

const root = new URL("../../../", import.meta.url).pathname;

export class Service {
  private constructor(
    /** Where it answers. */
    readonly address: string,
    /** The same by a name, to which passkeys belong. */
    readonly page: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Starts one; `more` is what its environment has besides, for a page at this address. */
  static async start(
    worker: number | string,
    more?: (page: string) => Promise<Record<string, string>>,
  ): Promise<Service> {
    const program = process.env["NOTES"] ?? join(root, process.env["CARGO_TARGET_DIR"] ?? "target", "debug/notes");
    if (!existsSync(program)) {
      throw new Error(
        `there is no program \`${program}\`: run \`cargo build -p notes-service\`, or set NOTES to another`,
      );
    }
    const folder = mkdtempSync(join(tmpdir(), "notes-e2e-"));
    mkdirSync(join(root, "web/e2e/artifacts"), { recursive: true });
    const log = createWriteStream(join(root, `web/e2e/artifacts/service-${worker}.log`));
    const port = await freePort();
    const page = `http://localhost:${port}`;
    const child = spawn(program, ["serve"], {
      env: {
        PATH: process.env["PATH"],
        PORT: String(port),
        PUBLIC_URL: page,
        METRICS_PORT: "off",
        DATABASE_URL: `sqlite:${join(folder, "notes.db")}`,
        SITE_DIR: process.env["SITE_DIR"] ?? join(root, "web/dist"),
        // Everybody comes from an address of their own, or they would be told that they try too often.
        TRUSTED_HOPS: "1",
        GUESTS: "1000",
        ...(await more?.(page)),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stderr.pipe(log);
    const address = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        log.write(`${line}\n`);
        const event = JSON.parse(line) as { message?: string; address?: string };
        if (event.message === "listening") resolve(`http://${event.address}`);
      });
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`the service ended with ${code}; see ${String(log.path)}`)));
    });
    return new Service(address, page, child, folder);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      this.process.kill("SIGTERM");
      await once(this.process, "exit");
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
