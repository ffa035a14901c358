//! Permissions on assets: the bucket and the repository of `cdk bootstrap` in every region of the stacks.

use crate::core::{IntoValue, Value, pseudo, sub};
use crate::iam::{Role, Statement};

/// Actions that push an image, besides the sign-in.
const PUSH: [&str; 5] = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:CompleteLayerUpload",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
];

/// The places of the assets of one delivery.
pub(super) struct Assets<'a> {
    /// Regions of stacks, in addition to the region of the roles.
    pub(super) regions: &'a [String],
}

impl Assets<'_> {
    /// Allows a role to see which assets are published, and to read them: CloudFormation reads the templates of nested stacks
    /// with the permissions of the caller.
    pub(super) fn grant_read(&self, role: &Role<'_>) {
        for statement in self.read_statements() {
            role.add_statement(statement);
        }
    }

    /// Returns the statements that allow to see which assets are published, and to read them.
    pub(super) fn read_statements(&self) -> [Statement; 3] {
        let bucket = |rest: &'static str| self.in_all_regions(|region| bucket(region, rest));
        [
            Statement::allow()
                .sid("FindAssets")
                .action("s3:ListBucket")
                .resources(bucket("")),
            Statement::allow()
                .sid("ReadAssets")
                .action("s3:GetObject")
                .resources(bucket("/*")),
            Statement::allow()
                .sid("FindImages")
                .actions([
                    "ecr:BatchGetImage",
                    "ecr:DescribeImages",
                    "ecr:GetDownloadUrlForLayer",
                ])
                .resources(self.in_all_regions(repository)),
        ]
    }

    /// Allows a role to publish assets, and nothing that changes or removes a published one: objects are written only if they are
    /// absent, and the tags of the repository cannot move.
    ///
    /// See [conditional writes](https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html).
    pub(super) fn grant_publish(&self, role: &Role<'_>) {
        self.grant_read(role);
        role.add_statement(
            Statement::allow()
                .sid("PublishAssets")
                .action("s3:PutObject")
                .resources(self.in_all_regions(|region| bucket(region, "/*")))
                .condition("Null", "s3:if-none-match", "false"),
        );
        role.add_statement(
            Statement::allow()
                .sid("PublishImages")
                .actions(PUSH)
                .resources(self.in_all_regions(repository)),
        );
        // The token is for the whole registry; the action has no resource-level permissions.
        role.add_statement(
            Statement::allow()
                .sid("SignIn")
                .action("ecr:GetAuthorizationToken")
                .resource("*"),
        );
    }

    fn in_all_regions(&self, arn: impl Fn(&Value<String>) -> Value<String>) -> Vec<Value<String>> {
        let others = self.regions.iter();
        let others = others.map(|region| region.clone().into_value());
        std::iter::once(pseudo::region())
            .chain(others)
            .map(|region| arn(&region))
            .collect()
    }
}

/// Returns the ARN of the bucket of a region, or of its objects.
fn bucket(region: &Value<String>, rest: &'static str) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":s3:::cdk-hnb659fds-assets-",
        pseudo::account_id(),
        "-",
        region,
        rest
    ]
}

/// Returns the ARN of the repository of a region.
fn repository(region: &Value<String>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":ecr:",
        region,
        ":",
        pseudo::account_id(),
        ":repository/cdk-hnb659fds-container-assets-",
        pseudo::account_id(),
        "-",
        region
    ]
}
