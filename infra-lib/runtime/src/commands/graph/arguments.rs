//! Options of `graph`.

use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The language of the drawing.
    #[arg(long, value_name = "FORMAT", default_value = "mermaid")]
    pub(crate) format: Format,

    /// Prints JSON, as `--format json` does.
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,

    /// What a node stands for.
    #[arg(long, value_name = "DETAIL", default_value = "constructs")]
    pub(crate) detail: Detail,

    /// Draws this stack only. Can be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) stack: Vec<String>,
}

/// The language of a drawing.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// Mermaid, which GitHub draws in Markdown.
    Mermaid,
    /// DOT, the language of Graphviz.
    Dot,
    /// JSON: stacks with their nodes, and references between nodes; schemas/graph.schema.json.
    Json,
    /// SVG, a picture for browsers and READMEs.
    Svg,
}

/// What a node of a drawing stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Detail {
    /// A construct directly below a stack.
    Constructs,
    /// A resource.
    Resources,
}
