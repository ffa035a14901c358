// Passkeys, with Chromium's own authenticator behind the page and the service's real origin in front: what the service sends is what
// `parseCreationOptionsFromJSON` reads, and what `toJSON` writes is what it takes.
import { device } from "../support/device";
import { expect, type Person, test } from "../support/journey";
import { PASSWORD } from "../support/person";

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** A document of the service's origin without the app, which would offer the passkey too as soon as it learned of a sign-out. */
const PLAIN = "/icon-192.png";
// Chromium's own viewer of pictures has inline styles, and asks for an icon.
const EXPECTED = /401|Applying inline style|favicon/;

/** Asks the service from the page, with its cookies and its origin. */
function asks({ page }: Person, method: string, path: string, body?: unknown): Promise<Answer> {
  return page.evaluate(
    async ([method, path, body]) => {
      const answer = await fetch(`/api${path}`, {
        method: method as string,
        ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : {} };
    },
    [method, path, body] as const,
  );
}

/** Makes a passkey, and registers it. */
async function registers(person: Person, name: string): Promise<Answer> {
  const { body } = await asks(person, "POST", "/passkeys/options", { currentPassword: PASSWORD });
  const credential = await person.page.evaluate(async (options) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      options as unknown as PublicKeyCredentialCreationOptionsJSON,
    );
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
    return made.toJSON() as unknown;
  }, body["options"]);
  return asks(person, "POST", "/passkeys", { name, credential });
}

/** Lets the browser answer the options of this path, as a button of the page would. */
async function answers(person: Person, path: string): Promise<unknown> {
  const { body } = await asks(person, "POST", path);
  return person.page.evaluate(async (options) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
      options as unknown as PublicKeyCredentialRequestOptionsJSON,
    );
    const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
    return found.toJSON() as unknown;
  }, body["options"]);
}

async function signsInByPasskey(person: Person): Promise<Answer> {
  const credential = await answers(person, "/auth/passkey/options");
  return asks(person, "POST", "/auth/passkey", { credential });
}

test("registers a passkey, and signs in with it", async ({ person, service }) => {
  const ada = await person("passkey", { baseURL: service.page });
  ada.watch.expect(EXPECTED);
  await ada.page.goto(PLAIN);
  const { devtools, authenticatorId } = await device(ada);
  const made = await registers(ada, "Ada's phone");
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  expect(made.body["recoveryCodes"]).toHaveLength(10);
  const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
  expect(credentials).toHaveLength(1);
  expect(credentials[0]).toMatchObject({ isResidentCredential: true, rpId: "localhost" });

  // The same device is not registered twice: the browser was told what is there.
  await expect(registers(ada, "again")).rejects.toThrow(/InvalidStateError/);

  await asks(ada, "POST", "/auth/logout");
  expect((await asks(ada, "GET", "/me")).status).toBe(401);
  const back = await signsInByPasskey(ada);
  expect(back.status, JSON.stringify(back.body)).toBe(200);
  expect(back.body["username"]).toBe(ada.name);
  const { body } = await asks(ada, "GET", "/sessions");
  const sessions = body["items"] as { current: boolean; signedInBy: string[] }[];
  expect(sessions.find(({ current }) => current)?.signedInBy).toEqual(["passkey"]);
  // And the page is theirs.
  await ada.goes("/");
});

test("requires a passkey after the password until it is removed", async ({ person, service }) => {
  const ada = await person("second", { baseURL: service.page });
  ada.watch.expect(EXPECTED);
  await ada.page.goto(PLAIN);
  const { devtools, authenticatorId } = await device(ada);
  const made = await registers(ada, "key");
  expect(made.status).toBe(201);
  const { id } = made.body["passkey"] as { id: string };
  await asks(ada, "POST", "/auth/logout");

  const credentials = { login: ada.name, password: PASSWORD };
  const first = await asks(ada, "POST", "/auth/login", credentials);
  expect(first).toMatchObject({ status: 401, body: { code: "second_factor_required" } });
  expect((await asks(ada, "GET", "/me")).status).toBe(401);
  const pending = await asks(ada, "GET", "/auth/second-factor");
  expect(pending.body["factors"]).toEqual(["passkey", "recoveryCode"]);
  const credential = await answers(ada, "/auth/second-factor/options");
  const finished = await asks(ada, "POST", "/auth/second-factor", { credential });
  expect(finished.status, JSON.stringify(finished.body)).toBe(200);
  expect((await asks(ada, "GET", "/me")).status).toBe(200);

  // Nobody has touched the sensor: the browser gives nothing that could be sent.
  await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await expect(signsInByPasskey(ada)).rejects.toThrow(/NotAllowedError/);
  await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });

  const removed = await asks(ada, "DELETE", `/passkeys/${id}`, { currentPassword: PASSWORD });
  expect(removed.status).toBe(204);
  await asks(ada, "POST", "/auth/logout");
  // The device still has it, and offers it.
  const refused = await signsInByPasskey(ada);
  expect(refused).toMatchObject({ status: 401, body: { code: "passkey_rejected" } });
  expect((await asks(ada, "GET", "/me")).status).toBe(401);
  // The last second factor is gone: the password is enough.
  expect((await asks(ada, "POST", "/auth/login", credentials)).status).toBe(200);
});
