//! Assertions about synthesized templates, for tests of constructs and apps.
//!
//! A [`Template`] is taken from a synthesized app or from a stack that a closure fills. Patterns are JSON and match
//! partially; [`Match`] has the special ones.
//!
//! ```
//! use infra_lib::assertions::{Match, Template};
//! use infra_lib::core::CfnResource;
//! use serde_json::json;
//!
//! let template = Template::of_stack(|stack| {
//!     CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({ "DelaySeconds": 5 }));
//! });
//! template.resource_count("AWS::SQS::Queue", 1);
//! template.has_properties("AWS::SQS::Queue", json!({ "DelaySeconds": 5, "QueueName": Match::absent() }));
//! ```
//!
//! With the feature `reach`, `Reachability` asserts who can reach what over all stacks of an app. With the feature
//! `simulate`, `simulate` plays the deployment of one state of an app over another, and asserts what it does not interrupt.
//!
//! [`Match::capture`] reads values that a test does not know in advance; every assertion returns them as [`Captures`].

#[cfg(any(feature = "reach", feature = "simulate"))]
mod assembly;
mod capture;
mod matching;
#[cfg(feature = "reach")]
mod reach;
#[cfg(feature = "simulate")]
mod simulate;

pub use capture::Captures;
pub use matching::Match;
#[cfg(feature = "reach")]
pub use reach::{ReachSource, Reachability, internet};
#[cfg(feature = "simulate")]
pub use simulate::{SimulatedDeployment, simulate};

use serde_json::{Value as JsonValue, json};

use crate::core::{App, Severity, Stack, Synthesis};

/// A synthesized template, for assertions in tests.
#[derive(Clone, Debug)]
pub struct Template {
    json: JsonValue,
}

impl Template {
    /// Returns the template of the stack with the given construct path, artifact ID or name, or of the nested stack
    /// with the given construct path.
    ///
    /// # Panics
    ///
    /// Panics if synthesis found errors, or has no such stack.
    #[track_caller]
    pub fn of(synthesis: &Synthesis, stack: &str) -> Self {
        let errors: Vec<String> = synthesis
            .findings()
            .iter()
            .filter(|found| found.severity > Severity::Warning)
            .map(crate::core::render)
            .collect();
        assert!(
            errors.is_empty(),
            "synthesis found errors:\n{}",
            errors.join("\n")
        );
        let nested = || synthesis.nested_stack(stack).map(|nested| &nested.template);
        let found = synthesis.stack(stack).map(|stack| &stack.template);
        let Some(found) = found.or_else(nested) else {
            panic!("the app has no stack `{stack}`")
        };
        Self {
            json: found.to_json(),
        }
    }

    /// Returns the template of a stack with the ID `Stack`, which `build` fills.
    ///
    /// # Panics
    ///
    /// Panics if synthesis found errors.
    #[track_caller]
    pub fn of_stack(build: impl for<'app> FnOnce(Stack<'app>)) -> Self {
        let app = App::new();
        build(Stack::new(&app, "Stack"));
        Self::of(&app.synth(), "Stack")
    }

    /// Returns the whole template as JSON.
    pub fn json(&self) -> &JsonValue {
        &self.json
    }

    /// Returns the resources of the given type with their logical IDs.
    pub fn resources(&self, type_name: &str) -> Vec<(&str, &JsonValue)> {
        let resources = self.json["Resources"].as_object();
        resources
            .into_iter()
            .flatten()
            .filter(|(_, r)| r["Type"] == type_name)
            .map(|(id, r)| (id.as_str(), r))
            .collect()
    }

    /// Returns the only resource of the given type.
    ///
    /// # Panics
    ///
    /// Panics if the template has no such resource, or more than one.
    #[track_caller]
    pub fn only(&self, type_name: &str) -> &JsonValue {
        match self.resources(type_name).as_slice() {
            [(_, resource)] => resource,
            several => panic!("expected one {type_name}, found {}", several.len()),
        }
    }

    /// Asserts that the template has exactly `count` resources of the given type.
    ///
    /// # Panics
    ///
    /// Panics if the number differs; the message lists the logical IDs.
    #[track_caller]
    pub fn resource_count(&self, type_name: &str, count: usize) {
        let found: Vec<&str> = self
            .resources(type_name)
            .into_iter()
            .map(|(id, _)| id)
            .collect();
        assert_eq!(
            found.len(),
            count,
            "resources of type {type_name}: {found:?}"
        );
    }

    /// Asserts that a resource of the given type has at least these properties. Returns what the pattern captured from each
    /// resource that matches.
    ///
    /// # Panics
    ///
    /// Panics if no resource matches; the message shows the differences of each.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn has_properties(&self, type_name: &str, properties: JsonValue) -> Captures {
        self.has_resource(type_name, json!({ "Properties": properties }))
    }

    /// Asserts that a resource of the given type has at least these entries (`Properties`, `DependsOn`,
    /// `DeletionPolicy`, …). Returns what the pattern captured from each resource that matches.
    ///
    /// # Panics
    ///
    /// Panics if no resource matches; the message shows the differences of each.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn has_resource(&self, type_name: &str, pattern: JsonValue) -> Captures {
        let mut report = String::new();
        let mut captures = None;
        for (id, resource) in self.resources(type_name) {
            match matching::compare(&pattern, Some(resource)) {
                Ok(found) => captures.get_or_insert_with(Captures::default).append(found),
                Err(differences) => {
                    report.extend(["\n", id, ":\n  ", &differences.join("\n  "), "\n"]);
                }
            }
        }
        if let Some(captures) = captures {
            return captures;
        }
        if report.is_empty() {
            "\nthe template has no resource of that type".clone_into(&mut report);
        }
        panic!("no {type_name} matches:{report}");
    }

    /// Asserts that an output has at least these entries. Returns what the pattern captured.
    ///
    /// # Panics
    ///
    /// Panics if the output is missing or does not match.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn has_output(&self, logical_id: &str, pattern: JsonValue) -> Captures {
        self.has_entry("Outputs", "output", logical_id, &pattern)
    }

    /// Asserts that a parameter has at least these entries. Returns what the pattern captured.
    ///
    /// # Panics
    ///
    /// Panics if the parameter is missing or does not match.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn has_parameter(&self, logical_id: &str, pattern: JsonValue) -> Captures {
        self.has_entry("Parameters", "parameter", logical_id, &pattern)
    }

    /// Asserts that a mapping has at least these entries. Returns what the pattern captured.
    ///
    /// # Panics
    ///
    /// Panics if the mapping is missing or does not match.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn has_mapping(&self, logical_id: &str, pattern: JsonValue) -> Captures {
        self.has_entry("Mappings", "mapping", logical_id, &pattern)
    }

    /// Asserts that a condition has at least these entries. Returns what the pattern captured.
    ///
    /// # Panics
    ///
    /// Panics if the condition is missing or does not match.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn has_condition(&self, logical_id: &str, pattern: JsonValue) -> Captures {
        self.has_entry("Conditions", "condition", logical_id, &pattern)
    }

    #[track_caller]
    fn has_entry(
        &self,
        section: &str,
        kind: &str,
        logical_id: &str,
        pattern: &JsonValue,
    ) -> Captures {
        let entry = self.json[section].get(logical_id);
        match matching::compare(pattern, entry) {
            Ok(captures) => captures,
            Err(differences) => {
                panic!("{kind} `{logical_id}`:\n  {}", differences.join("\n  "))
            }
        }
    }

    /// Returns the resources of the given type that have at least these properties, with their logical IDs. Use it to
    /// read values that a test does not know in advance.
    ///
    /// ```
    /// # use infra_lib::assertions::{Match, Template};
    /// # use infra_lib::sqs::Queue;
    /// let template = Template::of_stack(|stack| {
    ///     Queue::builder().build(stack, "Orders");
    /// });
    /// let queues = template.find_resources("AWS::SQS::Queue", serde_json::json!({ "SqsManagedSseEnabled": true }));
    /// let (logical_id, queue) = queues[0];
    /// assert!(logical_id.starts_with("Orders"));
    /// assert_eq!(queue["DeletionPolicy"], "Delete");
    /// ```
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the pattern in place"
    )]
    pub fn find_resources(
        &self,
        type_name: &str,
        properties: JsonValue,
    ) -> Vec<(&str, &JsonValue)> {
        let pattern = json!({ "Properties": properties });
        let mut found = self.resources(type_name);
        found.retain(|(_, resource)| matching::compare(&pattern, Some(resource)).is_ok());
        found
    }

    /// Returns the template as formatted JSON in which hashes of assets are replaced by `HASH`, for snapshots that do
    /// not change with the code of functions.
    pub fn to_snapshot(&self) -> String {
        let mut json = self.json.clone();
        replace_hashes(&mut json);
        format!("{json:#}\n")
    }
}

/// Number of hexadecimal digits in the hash of an asset.
const HASH_DIGITS: usize = 64;

/// Replaces the hashes of assets in all texts.
fn replace_hashes(json: &mut JsonValue) {
    match json {
        JsonValue::String(text) => {
            let is_digit = |c: char| matches!(c, '0'..='9' | 'a'..='f');
            let mut rest = text.as_str();
            let mut replaced = String::new();
            while let Some(start) = rest.find(is_digit) {
                let end = rest[start..].find(|c| !is_digit(c));
                let end = end.map_or(rest.len(), |length| start + length);
                replaced.push_str(&rest[..start]);
                replaced.push_str(match end - start {
                    HASH_DIGITS => "HASH",
                    _ => &rest[start..end],
                });
                rest = &rest[end..];
            }
            replaced.push_str(rest);
            *text = replaced;
        }
        JsonValue::Array(items) => items.iter_mut().for_each(replace_hashes),
        JsonValue::Object(fields) => fields.values_mut().for_each(replace_hashes),
        _ => {}
    }
}
