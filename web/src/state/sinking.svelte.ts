// Items of checklists that go below the others when they are checked, if this is wanted on this device.
import { local } from "./storage";

class Sinking {
  #on = $state(local.get<boolean>("sink-done") === true);

  get on(): boolean {
    return this.#on;
  }

  set on(on: boolean) {
    this.#on = on;
    local.set("sink-done", on);
  }
}

export const sinking = new Sinking();
