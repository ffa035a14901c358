//! Simulates roles and SSM parameters.

use super::FakeCloud;
use super::world::State;
use infra_aws::ApiError;

impl FakeCloud {
    /// Adds a value to the SSM Parameter Store, in all regions.
    pub fn add_parameter(&self, name: &str, value: &str) {
        let mut world = self.lock_world();
        let parameters = &mut world.state.parameters;
        parameters.insert(name.to_owned(), value.to_owned());
    }

    /// Makes STS refuse credentials for this role from now on. All other roles can be assumed.
    pub fn deny_role(&self, arn: &str) {
        let mut world = self.lock_world();
        world.state.denied_roles.insert(arn.to_owned());
    }
}

impl State {
    pub(super) fn check_role_access(&self, arn: &str) -> Result<(), ApiError> {
        if self.denied_roles.contains(arn) {
            let said = format!(
                "User: {} is not authorized to perform: sts:AssumeRole on resource: {arn}",
                super::PRINCIPAL
            );
            return Err(ApiError::new("STS", "AssumeRole", "AccessDenied", said));
        }
        Ok(())
    }
}
