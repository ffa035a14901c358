// The names of keys as they stand on a keyboard of the language.

// @wc-include
export const KEY_NAMES = {
  alt: "Alt",
  arrow: "Arrow",
  ctrl: "Ctrl",
  end: "End",
  enter: "Enter",
  esc: "Esc",
  home: "Home",
  shift: "Shift",
  tab: "Tab",
};
