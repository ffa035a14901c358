// Files of notes: added, seen, described, deleted; and what is said when one is not taken.
import { expect, KEPT, test } from "../support/journey";
import { picture } from "../support/picture";
import { isSeemly } from "../support/seen";

test("attaches pictures and files to a note", async ({ ada }) => {
  await ada.has({ title: "Kitchen", content: "Blue or white" });
  await ada.goes();
  const dialog = await ada.opens("Kitchen");
  const [chooser] = await Promise.all([
    ada.page.waitForEvent("filechooser"),
    dialog.getByRole("button", { name: "Add files" }).click(),
  ]);
  await chooser.setFiles([
    { name: "door.png", mimeType: "image/png", buffer: picture(900, 600) },
    { name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("2 m × 3 m") },
    { name: "wall.png", mimeType: "image/png", buffer: picture(300, 500, [40, 110, 170]) },
  ]);
  const pictures = dialog.getByRole("list", { name: "Pictures" });
  await expect(pictures.getByRole("button", { name: /^Show/ })).toHaveCount(2);
  await expect(dialog.getByRole("link", { name: /plan\.txt/ })).toBeVisible();
  await expect(dialog.getByRole("progressbar")).toHaveCount(0);

  // One with a name and with words for those who do not see it.
  await dialog.getByRole("button", { name: "Edit door.png" }).click();
  await ada.dialog.getByLabel("Description").fill("A blue door");
  await ada.dialog.getByRole("button", { name: "Save" }).click();
  await expect(pictures.getByRole("img", { name: "A blue door" })).toBeVisible();
  await expect
    .poll(() =>
      pictures.getByRole("img", { name: "A blue door" }).evaluate((image) => (image as HTMLImageElement).naturalWidth),
    )
    .toBeGreaterThan(0);

  // Large, by keys alone.
  await pictures.getByRole("button", { name: "Show A blue door large" }).focus();
  await ada.page.keyboard.press("Enter");
  const large = ada.page.getByRole("dialog", { name: "Picture 1 of 2" });
  await expect(large.getByRole("img")).toHaveAttribute("alt", "A blue door");
  await isSeemly(ada.page, "attachments-large");
  await ada.page.keyboard.press("ArrowRight");
  await expect(ada.page.getByRole("dialog", { name: "Picture 2 of 2" })).toBeVisible();
  await ada.page.keyboard.press("Escape");
  await expect(pictures.getByRole("button", { name: "Show A blue door large" })).toBeFocused();
  await isSeemly(ada.page, "attachments-note");

  const [download] = await Promise.all([
    ada.page.waitForEvent("download"),
    dialog.getByRole("link", { name: /plan\.txt/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("plan.txt");
  await dialog.getByRole("button", { name: "Edit plan.txt" }).click();
  await ada.dialog.getByRole("button", { name: "Delete" }).click();
  await ada.page
    .getByRole("dialog", { name: /^Delete “plan/ })
    .getByRole("button", { name: "Delete" })
    .click();
  await expect(dialog.getByRole("link", { name: /plan\.txt/ })).toHaveCount(0);
  await ada.closes();
  const card = ada.card("Kitchen");
  await expect(card.locator("img")).toHaveAttribute("src", /thumbnail/);
  await expect(card).toContainText("1 more file");
  await isSeemly(ada.page, "attachments-board");
});

test("attaches pasted and dropped files, and uploads large ones in parts", async ({ person }) => {
  const ada = await person("ada", KEPT);
  await ada.goes();
  const bytes = [...picture(64, 64)];
  const paste = (kind: "paste" | "drop", selector: string, name: string): Promise<void> =>
    ada.page.evaluate(
      ([kind, selector, name, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
        const init = { bubbles: true, cancelable: true };
        const events =
          kind === "paste"
            ? [new ClipboardEvent("paste", { ...init, clipboardData: data })]
            : [
                new DragEvent("dragover", { ...init, dataTransfer: data }),
                new DragEvent("drop", { ...init, dataTransfer: data }),
              ];
        for (const event of events) document.querySelector(selector)!.dispatchEvent(event);
      },
      [kind, selector, name, bytes] as const,
    );
  // Beside all cards, it makes a note.
  await expect(async () => {
    await paste("drop", "main", "dropped.png");
    await expect(ada.messages).toContainText("Adding the file", { timeout: 1000 });
  }).toPass();
  await expect(ada.page.getByRole("article").locator("img")).toHaveCount(1);
  const [note] = await ada.notes();
  await ada.api("PATCH", `/notes/${note!.id}`, { title: "Dropped" }, { "if-match": "*" });
  await expect(ada.card("Dropped")).toBeVisible();
  // On a card, it belongs to that note.
  await paste("drop", "article", "second.png");
  await expect(ada.card("Dropped")).toContainText("1 more file");
  const dialog = await ada.opens("Dropped");
  await expect(ada.text).toBeVisible();
  const pictures = dialog.getByRole("list", { name: "Pictures" }).getByRole("button", { name: /^Show/ });
  await expect(pictures).toHaveCount(2);
  await paste("paste", "dialog .text [contenteditable]", "image.png");
  await expect(pictures).toHaveCount(3);
  await expect(pictures.last()).toHaveAccessibleName(/Show Picture \d{4}-/);

  // The connection breaks once in a large one.
  let pieces = 0;
  await ada.page.route("**/api/uploads/*", async (route) => {
    if (route.request().method() === "PATCH" && (pieces += 1) === 2) return route.abort();
    return route.continue();
  });
  ada.watch.expect(/ERR_FAILED/);
  await dialog.locator("input[type=file]").setInputFiles({
    name: "long.bin",
    mimeType: "application/octet-stream",
    buffer: Buffer.alloc(9 * 1024 * 1024, 7),
  });
  await expect(dialog.getByRole("link", { name: /long\.bin/ })).toBeVisible();
  expect(pieces).toBeGreaterThan(3);

  // Why one is not taken, in words.
  ada.watch.expect(/422/);
  await dialog
    .locator("input[type=file]")
    .setInputFiles({ name: "empty.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) });
  await expect(dialog.getByRole("alert")).toContainText("Not added. It is empty");
  await dialog.getByRole("button", { name: "Remove empty.txt" }).click();
  await ada.context.setOffline(true);
  ada.watch.expect(/ERR_INTERNET_DISCONNECTED/);
  await dialog
    .locator("input[type=file]")
    .setInputFiles({ name: "later.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
  await expect(ada.messages).toContainText("You are offline. Files can be added when you are connected again.");
  await ada.context.setOffline(false);
});

test("shows the attachments of a shared note, which only its owner changes", async ({ ada, person }) => {
  const eve = await person("eve");
  // The browser shows a picture in a page of its own, whose styles and scripts the policy of attachments forbids: the picture is there all the same.
  eve.watch.expect(/^(Applying inline style|Blocked script execution).*\/attachments\/[\w-]+\/content/);
  const { id } = await ada.has({ title: "Kitchen", content: "Blue or white" });
  const attach = async (query: Record<string, string>, data: Buffer): Promise<void> => {
    const path = `/notes/${id}/attachments?${new URLSearchParams(query).toString()}`;
    await ada.api("POST", path, data, { "content-type": "application/octet-stream" });
  };
  await attach({ name: "door.png", alt: "A blue door" }, picture(900, 600));
  await ada.api("POST", `/notes/${id}/shares`, { email: `${eve.name}@example.com`, right: "write" });
  const { items } = await eve.api<{ items: { id: string }[] }>("GET", "/invitations");
  await eve.api("POST", `/invitations/${items[0]!.id}/accept`);

  await eve.goes("/shared");
  await eve.page.getByRole("link", { name: "Open Kitchen" }).click();
  const door = eve.dialog.getByRole("list", { name: "Pictures" }).getByRole("img", { name: "A blue door" });
  await expect.poll(() => door.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  const [large] = await Promise.all([
    eve.context.waitForEvent("page"),
    eve.dialog.getByRole("link", { name: "Show A blue door large" }).click(),
  ]);
  await expect.poll(() => large.evaluate(() => document.images[0]?.naturalWidth)).toBe(900);
  await large.close();

  // A file that the owner adds meanwhile.
  await attach({ name: "plan.txt" }, Buffer.from("2 m × 3 m"));
  const plan = eve.dialog.getByRole("list", { name: "Files" }).getByRole("link", { name: /plan\.txt/ });
  await expect(plan).toContainText("10 bytes");
  const [download] = await Promise.all([eve.page.waitForEvent("download"), plan.click()]);
  expect(download.suggestedFilename()).toBe("plan.txt");
  await expect(eve.dialog.getByRole("button", { name: /^(Add files|Edit)/ })).toHaveCount(0);
  await isSeemly(eve.page, "attachments-shared");
});

test("moves nothing when pictures come late", async ({ ada, person }) => {
  const eve = await person("eve");
  const attach = async (title: string, width: number, height: number): Promise<string> => {
    const { id } = await ada.has({ title, content: "Words below" });
    const name = encodeURIComponent(`${title}.png`);
    const answer = await ada.context.request.post(`/api/notes/${id}/attachments?name=${name}`, {
      data: picture(width, height),
      headers: { "content-type": "image/png" },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    return id;
  };
  const tall = await attach("Tall", 300, 900);
  const id = await attach("Wide", 1200, 300);
  await attach("Small", 40, 40);
  await ada.api("POST", `/notes/${id}/shares`, { email: `${eve.name}@example.com`, right: "read" });
  const { items } = await eve.api<{ items: { id: string }[] }>("GET", "/invitations");
  await eve.api("POST", `/invitations/${items[0]!.id}/accept`);

  for (const [who, path, many] of [
    [ada, "/", 3],
    [ada, `/?note=${id}`, 1],
    [ada, `/?note=${tall}`, 1],
    [eve, `/shared/${id}`, 1],
  ] as const) {
    await test.step(path, async () => {
      const { page } = who;
      const release = await who.holdsBack(/\/(thumbnail|content)$/);
      await page.goto(path);
      const images = page.locator(path === "/" ? "article img" : "dialog img");
      await expect(images).toHaveCount(many);
      // The picture has its room before it is there, and nothing else finds another place when it is.
      const places = () =>
        page.locator("article h3, article p, dialog h2, dialog [role=toolbar], dialog p, img").evaluateAll((nodes) =>
          nodes.map((node) => {
            const { x, y, width, height } = node.getBoundingClientRect();
            return [node.nodeName, x, y, width, height].map((one) => (typeof one === "number" ? Math.round(one) : one));
          }),
        );
      let before = await places();
      await expect(async () => {
        const now = await places();
        const same = JSON.stringify(now) === JSON.stringify(before);
        before = now;
        expect(same).toBe(true);
      }).toPass();
      for (const image of await images.all()) {
        expect(Number(await image.getAttribute("width"))).toBeGreaterThan(0);
        expect(Number(await image.getAttribute("height"))).toBeGreaterThan(0);
        const { width, height } = (await image.boundingBox())!;
        expect(Math.min(width, height)).toBeGreaterThan(10);
      }
      release();
      await expect
        .poll(() => images.evaluateAll((all) => all.every((one) => (one as HTMLImageElement).naturalWidth > 0)))
        .toBe(true);
      expect(await places()).toEqual(before);
      await page.unrouteAll({ behavior: "ignoreErrors" });
    });
  }
  // Every picture of the page itself has its size, too.
  await ada.page.goto("/");
  for (const image of await ada.page.locator("img").all()) {
    expect(await image.getAttribute("width")).toBeTruthy();
    expect(await image.getAttribute("height")).toBeTruthy();
  }
});
