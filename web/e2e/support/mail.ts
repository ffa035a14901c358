// A mail server that keeps what it is sent (RFC 5321), without TLS.
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

export class Mails {
  private readonly kept: string[] = [];
  private waiting: ((mail: string) => void)[] = [];

  private constructor(private readonly server: Server) {
    server.on("connection", (socket) => this.serve(socket));
  }

  static async start(): Promise<Mails> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Mails(server);
  }

  /** What the service is started with. */
  get env(): Record<string, string> {
    const { port } = this.server.address() as { port: number };
    return { SMTP_HOST: "127.0.0.1", SMTP_PORT: String(port), SMTP_TLS: "off", MAIL_FROM: "Notes <notes@example.com>" };
  }

  /** The path of the link in the next mail that has one; others, as those about a changed password, are left out. */
  async link(view: string): Promise<string> {
    for (;;) {
      const mail = this.kept.shift() ?? (await new Promise<string>((resolve) => this.waiting.push(resolve)));
      // Quoted-printable or not: a token has no `=`, and lines may be folded.
      const text = mail.replaceAll("=\r\n", "").replaceAll("=3D", "=");
      const path = new RegExp(`/${view}#token=\\S+`).exec(text)?.[0];
      if (path) return path;
    }
  }

  stop(): void {
    this.server.close();
  }

  private serve(socket: Socket): void {
    let text = "";
    let data = false;
    socket.setEncoding("utf8");
    socket.on("error", () => socket.destroy());
    socket.write("220 here\r\n");
    socket.on("data", (more: string) => {
      text += more;
      for (;;) {
        const end = data ? "\r\n.\r\n" : "\r\n";
        const at = text.indexOf(end);
        if (at < 0) return;
        const taken = text.slice(0, at);
        text = text.slice(at + end.length);
        if (data) this.keep(taken);
        const word = data ? "" : taken.slice(0, 4).toUpperCase();
        data = word === "DATA";
        socket.write(data ? "354 go on\r\n" : word === "QUIT" ? "221 bye\r\n" : "250 fine\r\n");
        if (word === "QUIT") socket.end();
      }
    });
  }

  private keep(mail: string): void {
    const next = this.waiting.shift();
    if (next) next(mail);
    else this.kept.push(mail);
  }
}
