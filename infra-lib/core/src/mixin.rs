//! Changes of properties for a whole scope: [`Scope::modify_each`] and [`Scope::default_each`].

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::aspect::AspectPriority;
use crate::props::{Props, ResourceProps};
use crate::tree::Scope;

/// Priority of defaults, below [`AspectPriority::MUTATING`], so that modifications apply to the result.
const DEFAULTS: AspectPriority = AspectPriority::new(100);

/// Names of the properties of a resource that a default has set. A default of an inner scope may replace them.
#[derive(Default)]
struct Defaulted(RefCell<BTreeSet<String>>);

impl Scope<'_> {
    /// Changes the properties of every resource of one type in this scope, at any depth, like a mixin of the CDK. The type of `change` selects the
    /// resources.
    ///
    /// `change` runs at synthesis, so it also applies to resources that are added after this call, and it receives the properties that the constructs
    /// have set: its result takes precedence. Of several changes, those of inner scopes come later, and those of one scope run in the order of the
    /// calls. Aspects of default priority run after all of them.
    ///
    /// ```
    /// use infra_core::{App, Construct as _, IntoValue, Props, Stack, resource_type};
    ///
    /// // `infra_lib::cfn::sqs` has this type.
    /// resource_type!(CfnQueue, CfnQueueProps, "AWS::SQS::Queue", ref: String);
    /// impl CfnQueueProps {
    ///     fn kms_master_key_id(mut self, id: impl IntoValue<String>) -> Self {
    ///         self.0.set("KmsMasterKeyId", id);
    ///         self
    ///     }
    /// }
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// stack.scope().modify_each(|queue: CfnQueueProps| queue.kms_master_key_id("alias/jobs"));
    /// CfnQueueProps::from_props(Props::new()).build(stack, "Queue");
    /// let template = app.synth().stacks()[0].template.to_json();
    /// assert_eq!(template["Resources"]["Queue"]["Properties"]["KmsMasterKeyId"], "alias/jobs");
    /// ```
    #[track_caller]
    pub fn modify_each<P: ResourceProps + 'static>(self, change: impl Fn(P) -> P + 'static) {
        self.add_aspect_with_priority(AspectPriority::MUTATING, move |scope: Scope<'_>| {
            if let Some(resource) = scope.as_resource()
                && resource.type_name() == P::TYPE
            {
                resource.modify_props(|props| {
                    *props = change(P::from_untyped(std::mem::take(props))).into_untyped();
                });
            }
        });
    }

    /// Sets properties of every resource of one type in this scope, at any depth, unless the resource has them. The type of `defaults` selects the
    /// resources.
    ///
    /// `defaults` runs at synthesis with empty properties, and each property that it sets is used where the resource has none. So the setting of a
    /// construct takes precedence, including the default of an L2 construct; then that of the innermost scope. In one scope, a later call takes
    /// precedence. Properties are replaced as a whole, not merged. [`modify_each`](Self::modify_each) applies afterwards.
    ///
    /// ```
    /// use infra_core::{App, Construct as _, IntoValue, Props, Stack, resource_type};
    ///
    /// // `infra_lib::cfn::sqs` has this type.
    /// resource_type!(CfnQueue, CfnQueueProps, "AWS::SQS::Queue", ref: String);
    /// impl CfnQueueProps {
    ///     fn visibility_timeout(mut self, seconds: impl IntoValue<i64>) -> Self {
    ///         self.0.set("VisibilityTimeout", seconds);
    ///         self
    ///     }
    /// }
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// stack.scope().default_each(|queue: CfnQueueProps| queue.visibility_timeout(300));
    /// CfnQueueProps::from_props(Props::new()).build(stack, "Jobs");
    /// CfnQueueProps::from_props(Props::new()).visibility_timeout(60).build(stack, "Short");
    /// let template = app.synth().stacks()[0].template.to_json();
    /// assert_eq!(template["Resources"]["Jobs"]["Properties"]["VisibilityTimeout"], 300);
    /// assert_eq!(template["Resources"]["Short"]["Properties"]["VisibilityTimeout"], 60);
    /// ```
    #[track_caller]
    pub fn default_each<P: ResourceProps + 'static>(self, defaults: impl Fn(P) -> P + 'static) {
        self.add_aspect_with_priority(DEFAULTS, move |scope: Scope<'_>| {
            let Some(resource) = scope.as_resource() else {
                return;
            };
            if resource.type_name() != P::TYPE {
                return;
            }
            if scope.attached::<Defaulted>().is_none() {
                scope.attach(Defaulted::default());
            }
            let Some(defaulted) = scope.attached::<Defaulted>() else {
                return;
            };
            let mut defaulted = defaulted.0.borrow_mut();
            let given = defaults(P::from_untyped(Props::new())).into_untyped();
            resource.modify_props(|props| {
                for (name, data) in given.0 {
                    if props.get(&name).is_none() {
                        defaulted.insert(name.to_string());
                    }
                    if defaulted.contains(&*name) {
                        props.as_map_mut().insert(name, data);
                    }
                }
            });
        });
    }
}
