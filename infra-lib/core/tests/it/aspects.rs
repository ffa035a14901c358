//! Tests of the order and the end of aspects, and of changes for a whole scope.

use std::cell::RefCell;
use std::rc::Rc;

use infra_core::{
    App, AspectPriority, Construct as _, IntoValue, Props, Scope, Severity, Stack, codes,
    resource_type,
};
use serde_json::{Value as JsonValue, json};

use crate::support::{findings, queue};

resource_type!(
    /// A queue.
    CfnQueue, CfnQueueProps, "AWS::SQS::Queue", ref: String
);

impl CfnQueueProps {
    fn delay_seconds(mut self, seconds: impl IntoValue<i64>) -> Self {
        self.0.set("DelaySeconds", seconds);
        self
    }
}

fn delayed() -> CfnQueueProps {
    CfnQueueProps::from_props(Props::new())
}

/// Returns the property `DelaySeconds` of every queue by logical ID.
fn delays(app: App) -> JsonValue {
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let template = synthesis.stacks()[0].template.to_json();
    let resources = template["Resources"].as_object().unwrap().iter();
    resources
        .map(|(id, resource)| (id.clone(), resource["Properties"]["DelaySeconds"].clone()))
        .collect()
}

/// Returns a function that adds an aspect which records its name and the visited paths.
fn recorder(
    log: &Rc<RefCell<Vec<String>>>,
) -> impl Fn(&'static str) -> Box<dyn for<'app> Fn(Scope<'app>)> {
    let log = Rc::clone(log);
    move |name| {
        let log = Rc::clone(&log);
        Box::new(move |scope: Scope<'_>| log.borrow_mut().push(format!("{name} {}", scope.path())))
    }
}

#[test]
fn visits_by_priority_then_scope_then_order_of_calls() {
    let log = Rc::default();
    let aspect = recorder(&log);
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let inner = queue(stack, "Queue").scope();
    inner.add_aspect(aspect("inner"));
    inner.add_aspect_with_priority(AspectPriority::MUTATING, aspect("inner mutating"));
    app.root()
        .add_aspect_with_priority(AspectPriority::READ_ONLY, aspect("outer read-only"));
    stack.scope().add_aspect(aspect("first"));
    stack.scope().add_aspect(aspect("second"));
    app.synth();
    assert_eq!(
        *log.borrow(),
        [
            "inner mutating Stack/Queue",
            "first Stack",
            "first Stack/Queue",
            "second Stack",
            "second Stack/Queue",
            "inner Stack/Queue",
            "outer read-only ",
            "outer read-only Stack",
            "outer read-only Stack/Queue",
        ]
    );
}

#[test]
fn visits_added_nodes_once_with_every_aspect_in_order() {
    let log = Rc::default();
    let aspect = recorder(&log);
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    queue(stack, "Queue");
    app.root()
        .add_aspect_with_priority(AspectPriority::MUTATING, aspect("change"));
    app.add_aspect(|scope: Scope<'_>| {
        if scope.id() == "Queue" {
            queue(scope, "Added");
        }
    });
    app.root()
        .add_aspect_with_priority(AspectPriority::READ_ONLY, aspect("read"));
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    assert_eq!(
        *log.borrow(),
        [
            "change ",
            "change Stack",
            "change Stack/Queue",
            "change Stack/Queue/Added",
            "read ",
            "read Stack",
            "read Stack/Queue",
            "read Stack/Queue/Added",
        ]
    );
}

#[test]
fn runs_aspects_that_aspects_add() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    queue(stack, "Queue");
    stack.scope().add_aspect(|scope: Scope<'_>| {
        if scope.id() == "Stack" {
            scope.modify_each(|queue: CfnQueueProps| queue.delay_seconds(9));
        }
    });
    assert_eq!(delays(app), json!({ "Queue": 9 }));
}

#[test]
fn stops_aspect_that_adds_child_in_each_visit() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    queue(stack, "Queue");
    let here = line!() + 1;
    stack.scope().add_aspect(|scope: Scope<'_>| {
        if scope.as_resource().is_some() {
            queue(scope, "More");
        }
    });
    let synthesis = app.synth();
    let found = &synthesis.findings()[0];
    assert_eq!(synthesis.findings().len(), 1, "{}", findings(&synthesis));
    assert_eq!(
        (found.code, found.severity),
        (codes::ENDLESS_ASPECT, Severity::Error)
    );
    let name = "it::aspects::stops_aspect_that_adds_child_in_each_visit::{{closure}}";
    assert_eq!(
        found.message,
        format!("aspect `{name}` of `Stack` does not end")
    );
    assert_eq!(found.path.as_deref(), Some("Stack"));
    assert_eq!(found.place.as_ref().unwrap().line, here);
    let stopped = format!("it was stopped at `Stack/Queue{}`", "/More".repeat(16));
    assert_eq!(found.notes[1], stopped);
    assert_eq!(synthesis.stacks()[0].template.resources.len(), 18);
}

#[test]
fn stops_aspect_that_adds_many_children_early() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    stack.scope().add_aspect(|scope: Scope<'_>| {
        for number in 0..20 {
            scope.construct(&number.to_string());
        }
    });
    queue(stack, "Queue");
    let synthesis = app.synth();
    let codes: Vec<&str> = synthesis
        .findings()
        .iter()
        .map(|f| f.code.as_str())
        .collect();
    assert_eq!(codes, ["INF1281"]);
}

#[test]
fn stops_aspect_that_adds_aspects_without_end() {
    fn repeat(scope: Scope<'_>) {
        scope.add_aspect(repeat);
    }
    let app = App::new();
    queue(Stack::new(&app, "Stack"), "Queue")
        .scope()
        .add_aspect(repeat);
    let synthesis = app.synth();
    let found: Vec<&str> = synthesis
        .findings()
        .iter()
        .map(|f| f.code.as_str())
        .collect();
    assert_eq!(found, ["INF1281"]);
}

#[test]
fn modification_of_scope_takes_precedence_over_construct() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let group = stack.scope().construct("Group");
    group.modify_each(|queue: CfnQueueProps| queue.delay_seconds(3));
    stack
        .scope()
        .modify_each(|queue: CfnQueueProps| queue.delay_seconds(2));
    let late = delayed().delay_seconds(1).build(stack, "Late");
    late.override_prop("DelaySeconds", 0_i64);
    delayed().build(group, "Inner");
    assert_eq!(delays(app), json!({ "Late": 2, "GroupInner92CB7A4B": 3 }));
}

#[test]
fn default_of_scope_yields_to_construct_and_inner_scope() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let group = stack.scope().construct("Group");
    group.default_each(|queue: CfnQueueProps| queue.delay_seconds(3));
    stack
        .scope()
        .default_each(|queue: CfnQueueProps| queue.delay_seconds(2));
    delayed().delay_seconds(1).build(group, "Own");
    delayed().build(group, "Inner");
    delayed().build(stack, "Outer");
    assert_eq!(
        delays(app),
        json!({ "GroupOwn990E74FD": 1, "GroupInner92CB7A4B": 3, "Outer": 2 })
    );
}

#[test]
fn modification_applies_after_defaults_of_inner_scopes() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let queue = delayed().build(stack, "Queue").scope();
    stack
        .scope()
        .modify_each(|queue: CfnQueueProps| queue.delay_seconds(2));
    queue.default_each(|queue: CfnQueueProps| queue.delay_seconds(3));
    assert_eq!(delays(app), json!({ "Queue": 2 }));
}

#[test]
fn leaves_resources_of_other_types() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let topic = infra_core::CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
    app.root()
        .modify_each(|queue: CfnQueueProps| queue.delay_seconds(2));
    app.root()
        .default_each(|queue: CfnQueueProps| queue.delay_seconds(2));
    assert!(CfnQueue::from_resource(topic).is_none());
    assert_eq!(delays(app), json!({ "Topic": null }));
}
