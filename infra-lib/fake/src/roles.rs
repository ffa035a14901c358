//! Simulates roles, SSM parameters and ECR repositories.

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

    /// Adds an ECR repository that has images with these tags.
    pub fn add_repository(&self, name: &str, tags: &[&str]) {
        let mut world = self.lock_world();
        let repository = world.state.repositories.entry(name.to_owned());
        let tags = tags.iter().map(|tag| (*tag).to_owned());
        repository.or_default().extend(tags);
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

    pub(super) fn has_image(&self, repository: &str, tag: &str) -> Result<bool, ApiError> {
        let Some(tags) = self.repositories.get(repository) else {
            return Err(ApiError::new(
                "ECR",
                "DescribeImages",
                "RepositoryNotFoundException",
                format!("The repository with name '{repository}' does not exist in the registry"),
            ));
        };
        Ok(tags.contains(tag))
    }
}
