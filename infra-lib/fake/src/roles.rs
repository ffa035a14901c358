//! Roles, parameters and repositories.

use super::FakeCloud;
use super::world::State;
use infra_aws::ApiError;

impl FakeCloud {
    /// A value in Parameter Store.
    pub fn parameter(&self, name: &str, value: &str) {
        let mut world = self.world();
        let parameters = &mut world.state.parameters;
        parameters.insert(name.to_owned(), value.to_owned());
    }

    /// A repository with images of these tags.
    pub fn repository(&self, name: &str, tags: &[&str]) {
        let mut world = self.world();
        let repository = world.state.repositories.entry(name.to_owned());
        let tags = tags.iter().map(|tag| (*tag).to_owned());
        repository.or_default().extend(tags);
    }

    /// From now on STS gives no credentials of that role. It gives those of every other.
    pub fn close_role(&self, arn: &str) {
        let mut world = self.world();
        world.state.closed_roles.insert(arn.to_owned());
    }
}

impl State {
    pub(super) fn assume(&self, arn: &str) -> Result<(), ApiError> {
        if self.closed_roles.contains(arn) {
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
