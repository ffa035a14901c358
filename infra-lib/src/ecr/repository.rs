//! Repositories of container images.

use bon::Builder;
use serde_json::{Value as Json, json};

use crate::cfn::ecr::repository::{
    EncryptionConfiguration, EncryptionType, ImageScanningConfiguration, ImageTagMutability,
    LifecyclePolicy,
};
use crate::cfn::ecr::{CfnRepository, CfnRepositoryProps};
use crate::core::{
    Arn, Construct, Diagnostic, Duration, IntoValue, Name, RemovalPolicy, Scope, Value, codes,
};
use crate::iam::{Grant, Grantable, PolicyDocument, Principal, ResourcePolicy, Statement};
use crate::kind;
use crate::kms::{AsKey, KeyRef};

/// Number of kept images below which a rollback may not find its image.
const FEW_IMAGES: u16 = 10;

/// Mutability of tags: whether a push can move a tag to another image.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TagMutability {
    /// A tag refers to the same image for ever.
    Immutable,
    /// A push can move a tag to another image.
    Mutable,
}

/// A repository of container images.
///
/// Creates an
/// [`AWS::ECR::Repository`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html).
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | tags | immutable | mutable |
/// | scan on push | on | off |
/// | tagged images | the last 50 are kept, so that earlier task definitions find theirs | all are kept |
/// | untagged images | expire after 14 days | all are kept |
/// | encryption | AES-256 with keys of S3 | the same |
/// | removal from the template | retained | deleted if empty |
///
/// CloudFormation never deletes the images of a repository.
///
/// In a repository that receives every build, the limit on tagged images soon expires images that are in use: a few
/// open pull requests are enough. Push such builds to a repository with
/// [`expire_images_after`](RepositoryBuilder::expire_images_after), and copy released images to a repository that
/// counts only [`kept_tags`](RepositoryBuilder::kept_tags).
///
/// ```
/// use infra_lib::ecr::Repository;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Registry");
/// let images = Repository::builder().build(stack, "Images");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Repository<'app> {
    scope: Scope<'app>,
    repository: CfnRepository<'app>,
}

/// Properties of a [`Repository`], set through [`Repository::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = RepositoryBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct RepositoryProps<'app> {
    /// Physical name of the repository, in lower case. Default: a generated name, so that CloudFormation can replace
    /// the repository.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    repository_name: Option<Value<String>>,
    /// Mutability of tags. Default: [`TagMutability::Immutable`] (CloudFormation: mutable).
    #[builder(default = TagMutability::Immutable)]
    tag_mutability: TagMutability,
    /// Number of tagged images that are kept. Fewer than 10 are reported as a warning (`INF4291`). Default: 50
    /// (CloudFormation: all).
    #[builder(default = 50)]
    keep_tagged_images: u16,
    /// Pattern of the tags whose images are counted, such as `release-*`; images without such a tag expire like
    /// untagged ones. At most four `*`, and otherwise the characters of a tag. Default: every tag is counted.
    #[builder(into)]
    kept_tags: Option<String>,
    /// Age at which every image expires, tagged or not; whole days, rounded up. Images are then not counted. Default:
    /// none.
    expire_images_after: Option<Duration>,
    /// Age at which images without a tag expire. Default: 14 days (CloudFormation: never).
    #[builder(default = Duration::days(14))]
    expire_untagged_after: Duration,
    /// KMS key that encrypts the images; it cannot be changed later. Default: AES-256 with keys of S3, as in
    /// CloudFormation.
    #[builder(with = |key: impl AsKey<'app>| key.as_key())]
    encryption_key: Option<KeyRef<'app>>,
    /// Removal policy of the repository. Default: it is retained (CloudFormation: deleted if empty).
    #[builder(default = RemovalPolicy::Retain)]
    removal_policy: RemovalPolicy,
}

impl<'app, S: repository_builder::State> RepositoryBuilder<'app, S> {
    /// Adds the repository under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> Repository<'app>
    where
        S: repository_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.ecr.Repository");
        if props.keep_tagged_images < FEW_IMAGES && props.expire_images_after.is_none() {
            scope.report(
                Diagnostic::new(
                    codes::FEW_IMAGES_KEPT,
                    "the repository keeps too few images for a rollback",
                )
                .actual(format!("keep_tagged_images({})", props.keep_tagged_images))
                .expected(format!("at least {FEW_IMAGES}"))
                .help("every deployment adds an image: keep one image for each release that a rollback may need"),
            );
        }
        let encryption = match props.encryption_key {
            None => EncryptionConfiguration::new(EncryptionType::AES256),
            Some(key) => EncryptionConfiguration::new(EncryptionType::KMS).kms_key(key.arn()),
        };
        let mutability = match props.tag_mutability {
            TagMutability::Immutable => ImageTagMutability::IMMUTABLE,
            TagMutability::Mutable => ImageTagMutability::MUTABLE,
        };
        let lifecycle = render_lifecycle(&props);
        let mut cfn = CfnRepositoryProps::new()
            .image_tag_mutability(mutability)
            .image_scanning_configuration(ImageScanningConfiguration::new().scan_on_push(true))
            .encryption_configuration(encryption)
            .lifecycle_policy(LifecyclePolicy::new().lifecycle_policy_text(lifecycle));
        if let Some(name) = props.repository_name {
            cfn = cfn.repository_name(name);
        }
        let repository = cfn.build(scope, "Resource");
        repository.apply_removal_policy(props.removal_policy);
        Repository { scope, repository }
    }
}

/// Returns the lifecycle policy as JSON text.
///
/// An image that matches one rule is not affected by later rules:
/// <https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html>
fn render_lifecycle(props: &RepositoryProps<'_>) -> String {
    let days = |after: Duration| after.as_seconds().div_ceil(86_400).max(1);
    let aged = |priority: u8, description: &str, mut selection: Json, after: Duration| {
        selection["countType"] = "sinceImagePushed".into();
        selection["countUnit"] = "days".into();
        selection["countNumber"] = days(after).into();
        json!({
            "rulePriority": priority, "description": description, "selection": selection,
            "action": { "type": "expire" }
        })
    };
    if let Some(after) = props.expire_images_after {
        let every = json!({ "tagStatus": "any" });
        return json!({ "rules": [aged(1, "every image", every, after)] }).to_string();
    }
    let untagged = json!({ "tagStatus": "untagged" });
    let mut rules = vec![
        aged(
            1,
            "images without a tag",
            untagged,
            props.expire_untagged_after,
        ),
        json!({
            "rulePriority": 2,
            "description": "all but the newest images",
            "selection": {
                "tagStatus": "tagged", "tagPatternList": [props.kept_tags.as_deref().unwrap_or("*")],
                "countType": "imageCountMoreThan", "countNumber": props.keep_tagged_images.max(1)
            },
            "action": { "type": "expire" }
        }),
    ];
    if props.kept_tags.is_some() {
        let others = json!({ "tagStatus": "tagged", "tagPatternList": ["*"] });
        rules.push(aged(
            3,
            "images with other tags",
            others,
            props.expire_untagged_after,
        ));
    }
    json!({ "rules": rules }).to_string()
}

pub(super) const PULL: [&str; 3] = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
];
const PUSH: [&str; 5] = [
    "ecr:CompleteLayerUpload",
    "ecr:DescribeImages",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
];

impl<'app> Repository<'app> {
    /// Returns a builder for a repository.
    pub fn builder() -> RepositoryBuilder<'app> {
        RepositoryProps::start()
    }

    /// Returns the ARN of the repository.
    pub fn arn(&self) -> Value<Arn<kind::ecr::Repository>> {
        self.repository.attr_arn()
    }

    /// Returns the physical name of the repository.
    pub fn name(&self) -> Value<Name<kind::ecr::Repository>> {
        self.repository.ref_()
    }

    /// Returns the URI for pushing and pulling images, without tag or digest.
    pub fn uri(&self) -> Value<String> {
        self.repository.attr_repository_uri()
    }

    /// Returns the L1 binding of the repository.
    pub fn cfn(&self) -> CfnRepository<'app> {
        self.repository
    }

    /// Allows a role to pull images.
    #[track_caller]
    pub fn grant_pull(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant_actions(to, &PULL)
    }

    /// Allows a role to list images and to read the lifecycle policy.
    #[track_caller]
    pub fn grant_inspect(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .actions(["ecr:DescribeImages", "ecr:GetLifecyclePolicy"])
            .resource(self.arn())
            .on(self)
    }

    /// Allows another account to list and pull images, if its own policies permit its roles the same. Several
    /// accounts can be allowed. Without a call, only roles of this account have access.
    pub fn grant_pull_to_account(&self, account_id: impl IntoValue<String>) {
        // Repository policies have no `Resource`: it is always the repository.
        let statement = Statement::allow()
            .principal(Principal::account(account_id))
            .actions(PULL)
            .action("ecr:DescribeImages");
        PolicyDocument::add_to(*self.repository, "RepositoryPolicyText", statement);
    }

    /// Allows a role to pull and push images.
    #[track_caller]
    pub fn grant_pull_push(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant_actions(to, &[&PULL[..], &PUSH[..]].concat())
    }

    #[track_caller]
    fn grant_actions(&self, to: &impl Grantable<'app>, actions: &[&str]) -> Grant<'app> {
        let grant = Grant::to(to)
            .actions(actions.iter().copied())
            .resource(self.arn())
            .on(self);
        // The token is for the whole registry of the principal's account; the action has no resource-level permissions.
        to.grantee().add_statement(
            Statement::allow()
                .action("ecr:GetAuthorizationToken")
                .resource("*"),
        );
        grant
    }
}

impl<'app> Construct<'app> for Repository<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> ResourcePolicy<'app> for Repository<'app> {
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        PolicyDocument::add_to(*self.repository, "RepositoryPolicyText", statement);
    }

    /// Returns nothing: a repository policy applies to its repository, and has no `Resource`.
    fn policy_resources(&self, _: Vec<Value<String>>) -> Vec<Value<String>> {
        Vec::new()
    }
}
