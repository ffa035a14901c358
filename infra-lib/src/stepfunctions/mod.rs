//! AWS Step Functions: state machines whose states are typed values, with least permissions. See [`StateMachine`].
//!
//! States are values: [`Task`], [`Choice`], [`Map`], [`Parallel`], [`Wait`], [`Pass`], [`Succeed`] and [`Fail`]. Their
//! `next` joins them to a [`Chain`], a [`GoTo`] continues at a state by its name, and a [`Definition`] is the whole, which
//! can be drawn with [`Definition::to_mermaid`]. An [`Integration`] is the call of a task, with its permissions. A
//! [`StateMachineAlias`] moves executions to a new [`StateMachineVersion`], at once or in parts.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#stepfunctions).

mod activity;
mod athena;
mod bedrock;
mod chain;
mod checks;
mod choice;
mod condition;
mod definition;
mod distributed;
#[cfg(feature = "dynamodb")]
mod dynamodb;
#[cfg(feature = "ecs")]
mod ecs;
mod fields;
mod finding;
mod grants;
mod graph;
#[cfg(feature = "events")]
mod http;
mod imported_activity;
mod integration;
mod jobs;
mod language;
mod languages;
mod machine;
mod machine_alias;
mod mermaid;
#[cfg(any(feature = "events", feature = "sns", feature = "sqs"))]
mod messages;
mod metrics;
mod nested;
mod operand;
mod options;
mod permissions;
mod retry;
mod services;
mod simple;
#[cfg(any(feature = "events", feature = "scheduler"))]
mod target;
mod task;
mod text;
mod transitions;
mod version;

pub use activity::{Activity, ActivityBuilder, ActivityProps};
pub use athena::AthenaQuery;
pub use bedrock::BedrockModel;
pub use chain::{Chain, Ended, GoTo, Open, Steps};
pub use choice::Choice;
pub use condition::{Condition, Variable};
pub use definition::Definition;
pub use distributed::Distributed;
#[cfg(feature = "dynamodb")]
pub use dynamodb::{TableAddress, TaskTable};
pub use grants::ImportedStateMachine;
pub use imported_activity::ImportedActivity;
pub use integration::{Integration, WithCallback, WithPayload, WithoutCallback, WithoutPayload};
pub use language::{JsonPath, Jsonata, Language};
pub use machine::{StateMachine, StateMachineBuilder, StateMachineProps};
pub use machine_alias::{
    StateMachineAlias, StateMachineAliasBuilder, StateMachineAliasProps, VersionShift,
};
#[cfg(feature = "sns")]
pub use messages::TaskTopic;
#[cfg(feature = "sqs")]
pub use messages::{QueueAddress, TaskQueue};
pub use nested::{Map, Parallel};
pub use operand::{Operand, Ordered};
pub use options::{ExecutionData, LogLevel, Tracing, WorkflowType};
pub use retry::{Catch, Retry};
pub use simple::{Fail, Pass, Succeed, Wait};
pub use task::Task;
pub use version::{StateMachineVersion, StateMachineVersionBuilder, StateMachineVersionProps};
