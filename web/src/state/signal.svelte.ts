// Something that changes in place, and tells who reads it.
//
// It must not be made by who reads it first: what is made within a computation is a part of it, and does not tell it anything.
export class Signal {
  #count = $state(0);
  #last = 0;

  read(): void {
    void this.#count;
  }

  touch(): void {
    // Not read: whoever changes something is no reader of it.
    this.#last += 1;
    this.#count = this.#last;
  }
}
