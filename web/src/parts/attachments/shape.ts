// The room of pictures that are still on their way.

/** Tells styles how broad a picture is and what its shape is: by that of its thumbnail, which is rounded, it would be other by a pixel. */
export function shape(node: HTMLElement, { width = 1, height = 1 }: { width?: number; height?: number }): void {
  node.style.setProperty("--broad", `${width}px`);
  node.style.setProperty("--shape", `${width / height}`);
}
