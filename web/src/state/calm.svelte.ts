// Whether the first view is there: what is loaded ahead waits for it, and takes nothing of a slow connection from it.
class Calm {
  reached = $state(false);
}

export const calm = new Calm();
