// A text area that is as high as what is written in it.

export function grow(node: HTMLTextAreaElement, _text: string) {
  const fit = (): void => {
    node.style.height = "auto";
    node.style.height = `${node.scrollHeight}px`;
  };
  // Once a frame: measuring lays the page out.
  let frame = 0;
  const soon = (): void => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      fit();
    });
  };
  fit();
  const observer = new ResizeObserver(soon);
  observer.observe(node);
  node.addEventListener("input", soon);
  return {
    update: soon,
    destroy: () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    },
  };
}
