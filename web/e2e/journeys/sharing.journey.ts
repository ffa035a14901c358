// Notes that others see: people who are invited, and whoever has a link.
import { expect, test } from "../support/journey";
import { isSeemly } from "../support/seen";

test("shares a note with a person who reads it, changes it and leaves it", async ({ ada, person }) => {
  const eve = await person("eve");
  const { id } = await ada.has({ title: "Trip", content: "Tickets" });
  await ada.goes();
  await ada.opens("Trip");
  await ada.dialog.getByRole("button", { name: "Share", exact: true }).click();
  const sheet = ada.page.getByRole("dialog", { name: "Share Trip" });
  await sheet.getByLabel("Email address").fill(`${eve.name}@example.com`);
  await sheet.getByRole("button", { name: "Invite" }).click();
  const people = sheet.getByRole("list", { name: "People" });
  await expect(people).toContainText("Invited, until");
  await expect(people.getByRole("listitem")).toContainText(`${eve.name}@example.com`);
  await isSeemly(ada.page, "sharing-sheet");

  await eve.goes();
  const way = eve.page.getByRole("link", { name: /Shared with me/ });
  await expect(way).toHaveAccessibleName(/1 invitation/);
  await way.click();
  await expect(eve.page.getByText(`${ada.name} shares a note with you to read.`)).toBeVisible();
  await isSeemly(eve.page, "sharing-invitation");
  await eve.page.getByRole("button", { name: "Accept" }).click();
  await eve.page.getByRole("link", { name: "Open Trip" }).click();
  await expect(eve.dialog).toContainText("Tickets");
  await expect(eve.dialog).toContainText("Read only");
  await expect(eve.title).toHaveCount(0);

  // With the right to write, while it is open.
  await ada.dialog.getByRole("button", { name: "Close sharing" }).click();
  await ada.dialog.getByRole("button", { name: "Share", exact: true }).click();
  await expect(people).toContainText(eve.name);
  await people.getByLabel(/^Access of/).selectOption("write");
  await expect(eve.title).toHaveValue("Trip");
  await eve.text.click();
  await eve.page.keyboard.press("End");
  await eve.page.keyboard.type(" and a map");
  await expect.poll(async () => (await ada.notes())[0]?.content).toBe("Tickets and a map");
  // What the owner writes meanwhile is there too.
  await ada.api("PATCH", `/notes/${id}`, { title: "The trip" }, { "if-match": "*" });
  await expect(eve.title).toHaveValue("The trip");
  await eve.dialog.getByRole("button", { name: "Leave" }).click();
  await eve.page.getByRole("dialog", { name: "Leave this note?" }).getByRole("button", { name: "Leave" }).click();
  await expect(eve.page.getByText("Nothing is shared with you")).toBeVisible();
  expect(await eve.page.evaluate(() => document.body.textContent)).not.toContain("Tickets");
});

test("says on the card that others have a note, and who wrote last", async ({ ada, person }) => {
  const eve = await person("eve");
  const { id } = await ada.has({ title: "Trip", content: "Tickets" });
  await ada.has({ title: "Diary" });
  await ada.goes();
  const chips = (title: string) => ada.card(title).getByRole("listitem");
  await expect(chips("Trip")).toHaveCount(0);
  await ada.api("POST", `/notes/${id}/shares`, { email: `${eve.name}@example.com`, right: "write" });
  const { items } = await eve.api<{ items: { id: string }[] }>("GET", "/invitations");
  await eve.api("POST", `/invitations/${items[0]!.id}/accept`);
  await expect(chips("Trip")).toHaveText(["Shared"]);
  await expect(chips("Diary")).toHaveCount(0);

  await eve.goes("/shared");
  await eve.page.getByRole("link", { name: "Open Trip" }).click();
  await eve.text.click();
  await eve.page.keyboard.press("End");
  await eve.page.keyboard.type(" and a map");
  await expect(chips("Trip")).toHaveText([`Changed by ${eve.name}`]);
  await eve.closes();
  await expect(eve.page.getByText(/Changed .* by you/).first()).toBeVisible();
  await ada.opens("Trip");
  await expect(ada.dialog.getByText(new RegExp(`edited .* by ${eve.name}`))).toBeVisible();

  // Who has access, and by which right; without anybody, the card says nothing any more.
  await ada.dialog.getByRole("button", { name: "Share", exact: true }).click();
  const sheet = ada.page.getByRole("dialog", { name: "Share Trip" });
  const people = sheet.getByRole("list", { name: "People" });
  await expect(people.getByRole("listitem")).toHaveCount(1);
  await expect(people).toContainText(`${eve.name}@example.com`);
  await expect(people.getByLabel(`Access of ${eve.name}`)).toHaveValue("write");
  await people.getByRole("button", { name: `Remove ${eve.name}` }).click();
  await expect(people).toHaveCount(0);
  await sheet.getByRole("button", { name: "Close sharing" }).click();
  await ada.closes();
  await expect(chips("Trip").filter({ hasText: "Shared" })).toHaveCount(0);
});

test("shows a note to holders of a link until the link is deleted", async ({ ada, visitor }) => {
  await ada.has({ title: "Recipe", content: "# Dough\n\n- [x] flour\n- [ ] water\n\n[More](https://example.com)" });
  await ada.goes();
  await ada.chooses("Recipe", "Share");
  const sheet = ada.page.getByRole("dialog", { name: "Share Recipe" });
  await sheet.getByLabel("Name, only for you").fill("For Eve");
  await sheet.getByRole("button", { name: "Create link" }).click();
  const address = await sheet.getByLabel("Link", { exact: true }).inputValue();
  expect(address).toMatch(/\/link\.html#\w/);

  const eve = await visitor();
  const asked: string[] = [];
  eve.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await eve.page.setViewportSize({ width: 320, height: 640 });
  await eve.page.goto(address.replace(/^https?:\/\/[^/]+/, ""));
  await expect(eve.page.getByRole("heading", { level: 2, name: "Recipe" })).toBeVisible();
  await expect(eve.page.getByRole("checkbox", { name: "flour" })).toBeChecked();
  expect(asked.filter((path) => path.startsWith("/api"))).toEqual(["/api/links/open"]);
  expect(await eve.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(await eve.page.evaluate(() => localStorage.length)).toBe(0);
  await isSeemly(eve.page, "sharing-link");

  await sheet.getByRole("button", { name: /^Delete For Eve/ }).click();
  await expect(sheet.getByRole("list", { name: "Links" })).toHaveCount(0);
  eve.watch.expect(/404/);
  await eve.page.reload();
  await expect(eve.page.getByRole("heading", { name: "This link shows nothing" })).toBeVisible();
});
