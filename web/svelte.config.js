export default {
  compilerOptions: {
    runes: true,
    // Templates are built node by node: nothing in the page ever parses HTML, so Trusted Types need no exception for it.
    fragments: "tree",
    // Short, because it is in every rule and every element of a part, and chance does not compress.
    cssHash: ({ hash, css }) => `s${hash(css).slice(0, 4)}`,
  },
};
