// A device that has verified its user, as a phone with a finger on it.
import type { CDPSession } from "@playwright/test";
import type { Person } from "./person";

export interface Device {
  devtools: CDPSession;
  authenticatorId: string;
}

export async function device({ context, page }: Person): Promise<Device> {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { devtools, authenticatorId };
}
