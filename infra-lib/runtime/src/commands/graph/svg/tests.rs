use std::collections::BTreeSet;

use super::super::model::{Cluster, Edge, Model, Node};
use super::grid::Grid;
use super::{draw_svg, place, route, text};

/// The name of a node, and its VPC.
type Named<'a> = (&'a str, Option<&'a str>);

/// Creates a model of stacks with nodes, and of edges between these names.
fn model(stacks: &[(&str, &[Named<'_>])], edges: &[(&str, &str)]) -> Model {
    let mut model = Model {
        clusters: Vec::new(),
        nodes: Vec::new(),
        edges: BTreeSet::new(),
    };
    for (name, nodes) in stacks {
        let first = model.nodes.len();
        for (name, vpc) in *nodes {
            model.nodes.push(Node {
                name: (*name).to_owned(),
                kind: "AWS::SQS::Queue".to_owned(),
                vpc: vpc.map(str::to_owned),
            });
        }
        model.clusters.push(Cluster {
            name: (*name).to_owned(),
            nodes: (first..model.nodes.len()).collect(),
        });
    }
    let at = |name: &str| {
        model
            .nodes
            .iter()
            .position(|node| node.name == name)
            .unwrap()
    };
    let stack = |node: usize| model.clusters.iter().position(|c| c.nodes.contains(&node));
    let edges = edges.iter().map(|(from, to)| {
        let (from, to) = (at(from), at(to));
        let between_stacks = stack(from) != stack(to);
        Edge {
            from,
            to,
            between_stacks,
        }
    });
    model.edges = edges.collect();
    model
}

fn web() -> Model {
    const VPC: Option<&str> = Some("Network/Vpc");
    model(
        &[
            ("Network", &[("Key", None), ("Vpc", VPC)]),
            ("Data", &[("Database", VPC)]),
            (
                "Web",
                &[
                    ("Balancer", VPC),
                    ("Service", VPC),
                    ("Task", None),
                    ("Logs", None),
                ],
            ),
        ],
        &[
            ("Database", "Vpc"),
            ("Database", "Key"),
            ("Logs", "Key"),
            ("Task", "Logs"),
            ("Task", "Database"),
            ("Service", "Task"),
            ("Service", "Balancer"),
            ("Balancer", "Service"),
            ("Balancer", "Vpc"),
        ],
    )
}

/// Creates stacks of many nodes, with edges from a linear congruential generator.
fn tangle() -> Model {
    let names: Vec<String> = (0..60).map(|at| format!("Node{at}")).collect();
    let nodes: Vec<Named<'_>> = names.iter().map(|name| (name.as_str(), None)).collect();
    let stacks: Vec<_> = nodes.chunks(12).map(|nodes| (nodes[0].0, nodes)).collect();
    let mut state = 1_u64;
    let mut edges = Vec::new();
    for from in 1..names.len() {
        for _ in 0..2 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let to = usize::try_from(state >> 33).unwrap() % from;
            edges.push((names[from].as_str(), names[to].as_str()));
        }
    }
    model(&stacks, &edges)
}

#[test]
fn draws_stacks_and_vpcs_with_straight_and_dashed_lines() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!("graph_svg_web", draw_svg(&web())));
}

#[test]
fn draws_identical_graph_for_same_model() {
    assert_eq!(draw_svg(&tangle()), draw_svg(&tangle()));
}

#[test]
fn places_targets_above_users_except_in_cycles() {
    let grid = Grid::new(&web());
    let downwards: Vec<_> = grid.nets.iter().filter(|net| net.kind.downwards).collect();
    assert_eq!(downwards.len(), 1, "{downwards:?}");
    for link in &grid.links {
        assert_eq!(grid.items[link.upper].row + 1, grid.items[link.lower].row);
    }
}

#[test]
fn draws_tree_without_crossings() {
    let nodes = ["Root", "Left", "Right", "A", "B", "C", "D"].map(|name| (name, None));
    // In the order of the program, every pair of lines crosses.
    let edges = [
        ("Left", "Root"),
        ("Right", "Root"),
        ("A", "Right"),
        ("B", "Left"),
        ("C", "Right"),
        ("D", "Left"),
    ];
    let mut grid = Grid::new(&model(&[("Tree", &nodes)], &edges));
    place::place_items(&mut grid);
    assert_eq!(place::layout_cost(&grid).0, 0);
}

#[test]
fn keeps_nodes_apart_and_within_their_stack() {
    for model in [web(), tangle()] {
        let mut grid = Grid::new(&model);
        place::place_items(&mut grid);
        for (row, items) in grid.rows.iter().enumerate() {
            let (left, right) = grid.bands[grid.band_of[row]].outer_borders();
            let mut end = left;
            let nodes = items.iter().map(|&item| &grid.items[item]);
            for item in nodes.filter(|item| item.node.is_some()) {
                assert!(item.x - item.width / 2.0 > end, "row {row}: {item:?}");
                end = item.x + item.width / 2.0;
            }
            assert!(end < right, "row {row}");
        }
    }
}

#[test]
fn routes_lines_around_stacks_in_between() {
    let mut grid = Grid::new(&tangle());
    place::place_items(&mut grid);
    let beside = grid
        .items
        .iter()
        .filter(|item| item.place == super::grid::Place::Beside);
    let mut count = 0;
    for item in beside {
        let (left, right) = grid.bands[grid.band_of[item.row]].outer_borders();
        assert!(item.x < left || right < item.x, "{item:?}");
        count += 1;
    }
    assert!(count > 20, "{count}");
}

#[test]
fn keeps_vertical_lines_of_nets_apart() {
    for model in [web(), tangle()] {
        let mut grid = Grid::new(&model);
        place::place_items(&mut grid);
        let (wires, _) = route::route_wires(&grid);
        for a in &wires {
            for b in wires.iter().filter(|b| a.row == b.row && a.net != b.net) {
                let shared = a.bottoms.iter().any(|x| (x - b.top).abs() < 1.0);
                let below = a.track.unwrap_or(f64::INFINITY) > b.track.unwrap_or(0.0);
                assert!(!shared || below, "{a:?} {b:?}");
            }
        }
    }
}

#[test]
fn escapes_and_shortens_labels_and_keeps_full_title() {
    let long = "Handler<of the orders & returns of a very large shop>";
    let drawing = draw_svg(&model(&[("A", &[(long, None), ("<b>", None)])], &[]));
    let whole = "<title>Handler&lt;of the orders &amp; returns of a very large shop&gt;: AWS::SQS::Queue</title>";
    assert!(drawing.contains(whole), "{drawing}");
    assert!(drawing.contains(">…"), "{drawing}");
    assert!(drawing.contains(">&lt;b&gt;</text>"), "{drawing}");
    assert!(!drawing.contains("Handler<"), "{drawing}");
}

#[test]
fn widens_stack_for_long_label() {
    let name = "AVeryLongNameOfAStackWithOneSmallNode";
    let mut grid = Grid::new(&model(&[(name, &[("A", None)])], &[]));
    place::place_items(&mut grid);
    let (left, right) = grid.bands[0].outer_borders();
    assert!(right - left > text::text_width(name, text::NAME));
}

#[test]
fn draws_empty_graph_without_stacks() {
    let drawing = draw_svg(&model(&[], &[]));
    assert!(drawing.contains("<title>No stacks</title>"), "{drawing}");
    assert!(drawing.ends_with("</svg>\n"), "{drawing}");
}
