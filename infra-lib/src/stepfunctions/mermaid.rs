//! Drawings of definitions.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::graph::{Graph, Nested, Next, State};

/// Returns the state diagram of a graph. States have the identifiers `s0`, `s1`, … in their order.
pub(super) fn draw(graph: &Graph) -> String {
    let states = graph.all_states();
    let mut ids = BTreeMap::new();
    for (number, state) in states.iter().enumerate() {
        ids.entry(state.name.as_str()).or_insert(number);
    }
    let mut drawing = Drawing {
        ids,
        text: "stateDiagram-v2\n".to_owned(),
    };
    drawing.draw_graph(graph, 1);
    drawing.text
}

struct Drawing<'g> {
    ids: BTreeMap<&'g str, usize>,
    text: String,
}

impl<'g> Drawing<'g> {
    fn draw_graph(&mut self, graph: &'g Graph, depth: usize) {
        for (index, state) in graph.states.iter().enumerate() {
            self.draw_state(state, depth);
            if index == 0 {
                let start = self.id(&graph.start);
                self.write_line(depth, &format!("[*] --> {start}"));
            }
            self.draw_transitions(state, depth);
        }
    }

    fn draw_state(&mut self, state: &'g State, depth: usize) {
        let head = format!(
            "state \"{}\" as {}",
            clean(&state.name),
            self.id(&state.name)
        );
        let graphs = state.nested.graphs();
        if graphs.is_empty() {
            self.write_line(depth, &head);
            return;
        }
        self.write_line(depth, &format!("{head} {{"));
        for (index, graph) in graphs.iter().enumerate() {
            if index > 0 {
                self.write_line(depth + 1, "--");
            }
            self.draw_graph(graph, depth + 1);
        }
        self.write_line(depth, "}");
        if let Nested::Processor(..) = state.nested {
            let note = format!("note right of {}: for each item", self.id(&state.name));
            self.write_line(depth, &note);
        }
    }

    fn draw_transitions(&mut self, state: &'g State, depth: usize) {
        let from = self.id(&state.name);
        for rule in &state.rules {
            let to = self.id(&rule.target);
            self.write_line(depth, &format!("{from} --> {to}: {}", clean(&rule.label)));
        }
        if let Some(default) = &state.default {
            let to = self.id(default);
            self.write_line(depth, &format!("{from} --> {to}: otherwise"));
        }
        for catcher in &state.catchers {
            let to = self.id(&catcher.target);
            let errors = clean(&catcher.errors.join(", "));
            self.write_line(depth, &format!("{from} --> {to}: {errors}"));
        }
        match &state.next {
            Next::To(name) => {
                let to = self.id(name);
                self.write_line(depth, &format!("{from} --> {to}"));
            }
            Next::Never if state.kind == "Choice" => {}
            Next::End | Next::Never => self.write_line(depth, &format!("{from} --> [*]")),
        }
    }

    /// Returns the identifier of a state; `unknown` for one that does not exist.
    fn id(&self, name: &str) -> String {
        match self.ids.get(name) {
            Some(number) => format!("s{number}"),
            None => "unknown".to_owned(),
        }
    }

    fn write_line(&mut self, depth: usize, line: &str) {
        let indentation = "    ".repeat(depth);
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{indentation}{line}");
    }
}

/// Returns the text without characters that have a meaning in diagrams.
fn clean(text: &str) -> String {
    text.replace('"', "'")
        .replace(['\n', '\r'], " ")
        .replace(';', ",")
        .replace("%%", "%")
}
