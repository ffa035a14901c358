export default {
  compilerOptions: {
    runes: true,
    // Templates are built node by node: nothing in the page ever parses HTML, so Trusted Types need no exception for it.
    fragments: "tree",
  },
};
