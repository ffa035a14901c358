//! Checks of the notifications of a bucket.

use std::cell::RefCell;
use std::panic::Location;

use super::notification::Notification;
use crate::core::{Construct, Data, Diagnostic, Expr, NodeId, Resource, Scope, Target, codes};

const OVERLAPS: &str =
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html";

/// A notification of a bucket, and the identity of its target.
pub(super) struct Sent {
    pub(super) notification: Notification,
    pub(super) identity: Option<NodeId>,
}

/// Notifications of a bucket.
#[derive(Default)]
struct All(RefCell<Vec<Sent>>);

/// Adds a notification, and reports one that overlaps another (`INF4505`).
#[track_caller]
pub(super) fn add(scope: Scope<'_>, sent: Sent) {
    if scope.attached::<All>().is_none() {
        scope.attach(All::default());
        scope.add_validator(check_loops);
    }
    let Some(all) = scope.attached::<All>() else {
        return;
    };
    for other in all.0.borrow().iter() {
        if let Some((one, two)) = find_overlap(&sent.notification, &other.notification) {
            scope.report(
                Diagnostic::new(
                    codes::NOTIFICATION_OVERLAP,
                    "two notifications of a bucket are about an event of the same object",
                )
                .origin(Location::caller())
                .property("NotificationConfiguration")
                .actual(format!("{one}, and {two}"))
                .expected("prefixes or suffixes that exclude each other")
                .note("S3 sends an event to one target only")
                .help("notify a topic, which delivers to several, or use rules: `Bucket::send_events_to_event_bridge`")
                .url(OVERLAPS),
            );
        }
    }
    all.0.borrow_mut().push(sent);
}

/// Returns descriptions of two notifications that an event of an object would match both.
fn find_overlap(one: &Notification, other: &Notification) -> Option<(String, String)> {
    let keys = |a: &str, b: &str| a.starts_with(b) || b.starts_with(a);
    let ends = |a: &str, b: &str| a.ends_with(b) || b.ends_with(a);
    if !keys(&one.prefix, &other.prefix) || !ends(&one.suffix, &other.suffix) {
        return None;
    }
    let covers = |wide: &str, narrow: &str| {
        let wide = wide.strip_suffix('*').unwrap_or(wide);
        narrow.starts_with(wide)
    };
    let describe = |event: &str, notification: &Notification| {
        format!(
            "{event} of `{}*{}`",
            notification.prefix, notification.suffix
        )
    };
    one.events.iter().find_map(|first| {
        other.events.iter().find_map(|second| {
            let (first, second) = (first.as_str(), second.as_str());
            (covers(first, second) || covers(second, first))
                .then(|| (describe(first, one), describe(second, other)))
        })
    })
}

/// Reports functions that write into the bucket whose new objects invoke them (`INF4506`). A prefix or suffix of the
/// notification is taken as the limit of the loop.
fn check_loops(scope: Scope<'_>) {
    let (Some(all), Some(bucket)) = (scope.attached::<All>(), scope.default_child()) else {
        return;
    };
    for sent in all.0.borrow().iter() {
        let notification = &sent.notification;
        let about_new = notification
            .events
            .iter()
            .any(|event| event.as_str().starts_with("s3:ObjectCreated:"));
        let limited = !notification.prefix.is_empty() || !notification.suffix.is_empty();
        let identity = sent.identity.and_then(|id| scope.node(id));
        let Some(identity) = identity.filter(|_| about_new && !limited) else {
            continue;
        };
        if writes_into(identity, bucket) {
            scope.report(
                Diagnostic::new(
                    codes::NOTIFICATION_LOOP,
                    "a function may write objects into the bucket whose new objects invoke it",
                )
                .property("NotificationConfiguration.LambdaConfigurations")
                .actual(format!("`{}` writes, and every new object invokes the function", identity.path()))
                .note("each invocation would cause another one")
                .help("write into another bucket, or limit the notification: `.prefix(\"in/\")`, and write elsewhere")
                .url("https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html"),
            );
        }
    }
}

/// Returns `true` if a policy of an identity allows `s3:PutObject` on objects of a bucket.
fn writes_into(identity: Scope<'_>, bucket: Resource<'_>) -> bool {
    let bucket = bucket.scope().node_id();
    let mut documents = Vec::new();
    for resource in identity.resources() {
        documents.extend(resource.prop("PolicyDocument"));
        let policies = resource.prop("Policies");
        let policies = policies
            .as_ref()
            .and_then(Data::as_list)
            .unwrap_or_default();
        let inline = policies
            .iter()
            .filter_map(|one| one.pointer("PolicyDocument"));
        documents.extend(inline.cloned());
    }
    documents.iter().any(|document| {
        let statements = document.pointer("Statement").and_then(Data::as_list);
        statements.unwrap_or_default().iter().any(|statement| {
            let allows = statement.pointer("Effect").and_then(Data::as_text) == Some("Allow");
            let puts = statement.pointer("Action").is_some_and(|actions| {
                each(actions).any(|action| matches!(action, "s3:PutObject" | "s3:Put*" | "s3:*"))
            });
            allows && puts && names(statement.pointer("Resource"), bucket)
        })
    })
}

/// Returns the texts of a text or a list of texts.
fn each(data: &Data) -> impl Iterator<Item = &str> {
    let list = data.as_list().unwrap_or(std::slice::from_ref(data));
    list.iter().filter_map(Data::as_text)
}

/// Returns `true` if data refers to a node.
fn names(data: Option<&Data>, node: NodeId) -> bool {
    let mut found = false;
    if let Some(data) = data {
        data.for_each_expr(&mut |expr| {
            if let Expr::Ref(Target::Node(id)) | Expr::GetAtt(Target::Node(id), _) = expr {
                found |= *id == node;
            }
        });
    }
    found
}
