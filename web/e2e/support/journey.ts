// What journeys are written with: people with accounts of their own, on a service that the worker runs.
import { test as base, type BrowserContextOptions, expect } from "@playwright/test";
import { PASSWORD, Person } from "./person";
import { Service } from "./service";
import { Watch } from "./watch";

type Options = BrowserContextOptions;

/** A browser that keeps the page, as the browsers of people do; others start without that, which is a quarter of what they do. */
export const KEPT: Options = { serviceWorkers: "allow" };

interface Fixtures {
  /** A browser in which nobody is signed in. */
  visitor: (options?: Options) => Promise<Person>;
  /** Somebody new with an account. */
  person: (name: string, options?: Options) => Promise<Person>;
  /** Another browser of the same person. */
  again: (person: Person, options?: Options) => Promise<Person>;
  ada: Person;
}

let addresses = 0;

/** How many times slower than this machine the page runs: `SLOW=6` finds what a journey does not wait for. */
const slow = Number(process.env["SLOW"] ?? 1);

export const test = base.extend<Fixtures, { service: Service }>({
  service: [
    async ({}, use, worker) => {
      const service = await Service.start(worker.workerIndex);
      await use(service);
      await service.stop();
    },
    { scope: "worker" },
  ],
  visitor: async ({ browser, service, contextOptions, serviceWorkers }, use) => {
    const people: Person[] = [];
    await use(async (options = {}) => {
      addresses += 1;
      const context = await browser.newContext({
        ...contextOptions,
        serviceWorkers,
        baseURL: service.address,
        extraHTTPHeaders: { "x-forwarded-for": `10.1.${addresses >> 8}.${addresses & 255}` },
        ...options,
      });
      const watch = new Watch(context);
      const person = new Person("", context, await context.newPage(), watch);
      if (slow > 1) {
        const devtools = await context.newCDPSession(person.page);
        await devtools.send("Emulation.setCPUThrottlingRate", { rate: slow });
      }
      people.push(person);
      return person;
    });
    for (const { context } of people) await context.close();
    for (const { watch } of people) watch.check();
  },
  person: async ({ visitor }, use, test) => {
    await use(async (name, options) => {
      const { context, page, watch } = await visitor(options);
      const unique = `${name}-${test.workerIndex}-${addresses}`;
      const person = new Person(unique, context, page, watch);
      await person.api("POST", "/auth/register", {
        email: `${unique}@example.com`,
        username: unique,
        password: PASSWORD,
      });
      return person;
    });
  },
  again: async ({ visitor }, use) => {
    await use(async ({ name }, options) => {
      const { context, page, watch } = await visitor(options);
      const person = new Person(name, context, page, watch);
      await person.api("POST", "/auth/login", { login: name, password: PASSWORD });
      return person;
    });
  },
  ada: async ({ person }, use) => {
    await use(await person("ada"));
  },
});

export { expect };
export type { Person };
