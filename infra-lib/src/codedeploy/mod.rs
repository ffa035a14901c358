//! AWS CodeDeploy: gradual deployments of functions.
//!
//! [`LambdaDeploymentGroup`] moves the requests of an alias to the next version of its function in steps, and back if an
//! alarm goes off. [`Traffic`] describes the steps.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#codedeploy).

mod application;
mod imported;
mod lambda_group;
mod traffic;

pub use application::{LambdaApplication, LambdaApplicationBuilder, LambdaApplicationProps};
pub use imported::{AsLambdaApplication, ImportedLambdaApplication, LambdaApplicationRef};
pub use lambda_group::{
    LambdaDeploymentGroup, LambdaDeploymentGroupBuilder, LambdaDeploymentGroupProps,
};
pub use traffic::Traffic;
