// A provider of OpenID Connect for tests of the notes service, on a free port of this machine. It ends with its standard input.
//
// usage: INFRA_NODE_MODULES=… node scripts/oidc-provider.mjs REDIRECT-URI
//   prints the address of the issuer, and serves until standard input is closed
//
// Any name and password can sign in; the name is the subject. Names that begin with `unverified` have an address that nobody
// has verified, and those that begin with `nameless` have none.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env.INFRA_NODE_MODULES, "package.json"));
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));
const [redirect] = process.argv.slice(2);

const key = (kind, options, kid) => ({ ...generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" }), kid, use: "sig" });

const client = (id, more) => ({
  client_id: id,
  client_secret: "a-secret-of-the-client-that-nobody-may-see",
  redirect_uris: [redirect],
  post_logout_redirect_uris: [new URL("/", redirect).href],
  ...more,
});

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      client("notes", {}),
      client("notes-post", { token_endpoint_auth_method: "client_secret_post" }),
      client("notes-es256", { id_token_signed_response_alg: "ES256" }),
      client("notes-public", { token_endpoint_auth_method: "none", client_secret: undefined }),
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "preferred_username"] },
    cookies: { keys: ["for tests"] },
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256"] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: id.startsWith("nameless") ? undefined : `${id}@example.com`,
        email_verified: !id.startsWith("unverified"),
        preferred_username: id.startsWith("nameless") ? undefined : id,
        name: id.startsWith("nameless") ? undefined : `${id} of the provider`,
      }),
    }),
    jwks: { keys: [key("rsa", { modulusLength: 2048 }, "rsa-1"), key("ec", { namedCurve: "P-256" }, "ec-1")] },
    pkce: { required: () => true },
    ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
process.stdin.on("end", () => process.exit(0)).resume();
