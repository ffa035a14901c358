//! Provides apps, a recording approver and helpers that run operations with the fake.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use infra_deploy::deploy::{Approver, DeployOptions, Deployed, Outcome, Source, deploy_stacks};
use infra_deploy::plan::{Plan, PlanOptions, plan_changes};
use infra_deploy::{Class, Error, Event, Operation};
use infra_fake::FakeCloud;
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::review::StackReview;
use serde_json::{Value as JsonValue, json};

/// Returns a stack with this name and template.
pub(crate) fn stack(name: &str, template: &JsonValue) -> Stack {
    Stack::builder()
        .id(name)
        .path(name)
        .name(name)
        .template(Template::from_json(template.clone()).unwrap())
        .build()
}

/// Adds dependencies to a stack.
pub(crate) fn after(mut stack: Stack, dependencies: &[&str]) -> Stack {
    stack.dependencies = dependencies.iter().map(|id| (*id).to_owned()).collect();
    stack
}

pub(crate) fn app(stacks: impl IntoIterator<Item = Stack>) -> CloudAssembly {
    CloudAssembly::new(stacks.into_iter().collect())
}

/// Returns a template with a queue.
pub(crate) fn queue(delay: u32) -> JsonValue {
    json!({ "Resources": {
        "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } },
    } })
}

/// Returns a template with a database; a change of the engine replaces the database.
pub(crate) fn database(engine: &str) -> JsonValue {
    json!({ "Resources": {
        "Database": { "Type": "AWS::RDS::DBInstance", "Properties": {
            "Engine": engine, "DBInstanceClass": "db.t4g.micro", "AllocatedStorage": "20",
        } },
    } })
}

/// An approver that approves or refuses and records all reviews.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) refuse: bool,
    pub(crate) reviews: Mutex<Vec<StackReview>>,
}

impl Asked {
    pub(crate) fn stacks(&self) -> Vec<String> {
        let reviews = self.reviews.lock().unwrap();
        reviews.iter().map(|review| review.stack.clone()).collect()
    }

    pub(crate) fn reviews(&self) -> Vec<StackReview> {
        self.reviews.lock().unwrap().clone()
    }
}

#[async_trait]
impl Approver for Asked {
    async fn approve_changes(&self, review: &StackReview) -> Result<(), Error> {
        self.reviews.lock().unwrap().push(review.clone());
        if self.refuse {
            let finding = infra_core::Diagnostic::new(
                infra_core::codes::APPROVAL_MISSING,
                format!("stack `{}` was not approved", review.stack),
            );
            return Err(Error::new(Class::Blocked, finding));
        }
        Ok(())
    }
}

/// The result and the events of an operation.
pub(crate) struct Ran<T> {
    pub(crate) result: Result<T, Error>,
    pub(crate) events: Vec<Event>,
}

impl<T> Ran<T> {
    /// Returns the error class and the rendered findings, or an empty string if the operation succeeded.
    pub(crate) fn findings(&self) -> String {
        match &self.result {
            Ok(_) => String::new(),
            Err(error) => {
                let findings = error.findings.iter().map(infra_core::render);
                format!("{:?}\n{}", error.class, findings.collect::<String>())
            }
        }
    }

    pub(crate) fn class(&self) -> Option<Class> {
        self.result.as_ref().err().map(|error| error.class)
    }

    pub(crate) fn notices(&self) -> Vec<&str> {
        let events = self.events.iter();
        events
            .filter_map(|event| match event {
                Event::Notice { message, .. } => Some(message.as_str()),
                _ => None,
            })
            .collect()
    }
}

/// Runs an operation until it completes.
pub(crate) fn run<T: Unpin>(aws: &FakeCloud, operation: Operation<T>) -> Ran<T> {
    let mut operation = operation;
    FakeCloud::paused_runtime().block_on(async {
        let mut events = Vec::new();
        while let Some(event) = operation.next().await {
            events.push(event);
        }
        let result = operation.await;
        aws.elapsed_time();
        Ran { result, events }
    })
}

pub(crate) fn planned(aws: &FakeCloud, app: &CloudAssembly, options: &PlanOptions) -> Ran<Plan> {
    run(aws, plan_changes(aws.cloud(), app.clone(), options.clone()))
}

pub(crate) fn deployed(
    aws: &FakeCloud,
    app: &CloudAssembly,
    options: &DeployOptions,
) -> (Ran<Deployed>, Arc<Asked>) {
    let asked = Arc::new(Asked::default());
    let operation = deploy_stacks(
        aws.cloud(),
        app.clone(),
        options.clone(),
        Arc::clone(&asked) as Arc<dyn Approver>,
    );
    (run(aws, operation), asked)
}

/// Returns options that deploy the reviewed plan of the same sources.
pub(crate) fn reviewed() -> DeployOptions {
    DeployOptions::builder()
        .source(Source::Reviewed {
            changes: BTreeMap::new(),
        })
        .build()
}

/// Returns the outcome of each stack as `NAME: OUTCOME`.
pub(crate) fn outcomes(ran: &Ran<Deployed>) -> Vec<String> {
    let deployed = ran.result.as_ref().expect("it was deployed");
    let stacks = deployed.stacks.iter();
    stacks
        .map(|stack| {
            let outcome = match &stack.outcome {
                Outcome::Deployed { .. } => "deployed",
                Outcome::NoChanges { .. } => "no changes",
                Outcome::Detached => "detached",
                Outcome::Waiting { .. } => "waiting",
            };
            format!("{}: {outcome}", stack.stack)
        })
        .collect()
}
