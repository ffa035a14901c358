//! Repositories.

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
use crate::iam::{Grantable, PolicyDocument, Principal, Statement};
use crate::kind;
use crate::kms::Key;

/// Below this many images a rollback may find its image gone.
const FEW_IMAGES: u16 = 10;

/// Whether a tag can be moved to another image.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TagMutability {
    /// A tag names one image for ever.
    Immutable,
    /// A push can move a tag.
    Mutable,
}

/// A repository of container images.
///
/// Tags are immutable and images are scanned when pushed (CloudFormation: mutable, not scanned). The last 50 tagged
/// images are kept, so that earlier task definitions still find theirs, and untagged ones expire after two weeks
/// (CloudFormation: everything is kept). The repository is kept when it leaves the template, and CloudFormation never
/// empties it.
///
/// Where every build is pushed, a count over all of them soon removes what runs: a handful of open pull requests is
/// enough. Push those to a repository with [`expire_images_after`](RepositoryBuilder::expire_images_after), and copy
/// what is released to one whose count is over [`kept_tags`](RepositoryBuilder::kept_tags) alone.
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
    /// The name, lower case. Default: made by CloudFormation, so that the repository can be replaced.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    repository_name: Option<Value<String>>,
    /// Whether tags can be moved. Default: they cannot (CloudFormation: they can).
    #[builder(default = TagMutability::Immutable)]
    tag_mutability: TagMutability,
    /// How many tagged images are kept. Default: 50 (CloudFormation: all).
    #[builder(default = 50)]
    keep_tagged_images: u16,
    /// The pattern of the tags whose images are counted, such as `release-*`; images with no such tag expire as those
    /// without a tag do. At most four `*`, and as many characters as a tag. Default: every tag is counted.
    #[builder(into)]
    kept_tags: Option<String>,
    /// After how long every image expires, tagged or not; whole days, rounded up. Nothing is counted then. Default:
    /// never.
    expire_images_after: Option<Duration>,
    /// After how long images without a tag expire. Default: 14 days (CloudFormation: never).
    #[builder(default = Duration::days(14))]
    expire_untagged_after: Duration,
    /// The key that encrypts the images; it cannot be changed later. Default: AES-256 with keys of S3, as
    /// CloudFormation's.
    #[builder(with = |key: &Key<'app>| *key)]
    encryption_key: Option<Key<'app>>,
    /// What happens when the repository leaves the template. Default: it is kept (CloudFormation: deleted if empty).
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
                    "so few images are kept that a rollback may find none",
                )
                .actual(format!("keep_tagged_images({})", props.keep_tagged_images))
                .expected(format!("at least {FEW_IMAGES}"))
                .help("every deployment adds an image: keep as many as deployments you may want to go back"),
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
        let lifecycle = lifecycle(&props);
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

/// The lifecycle policy as the JSON text that ECR wants.
///
/// An image that one rule is about is left alone by the rules behind it.
/// <https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html>
fn lifecycle(props: &RepositoryProps<'_>) -> String {
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

const PULL: [&str; 3] = [
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
    /// Starts a repository.
    pub fn builder() -> RepositoryBuilder<'app> {
        RepositoryProps::start()
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::ecr::Repository>> {
        self.repository.attr_arn()
    }

    /// The name.
    pub fn name(&self) -> Value<Name<kind::ecr::Repository>> {
        self.repository.ref_()
    }

    /// The address that images are pushed to and pulled from, without tag or digest.
    pub fn uri(&self) -> Value<String> {
        self.repository.attr_repository_uri()
    }

    /// The binding under the construct.
    pub fn cfn(&self) -> CfnRepository<'app> {
        self.repository
    }

    /// Lets a role pull images.
    #[track_caller]
    pub fn grant_pull(&self, to: &impl Grantable<'app>) {
        self.grant(to, &PULL);
    }

    /// Lets a role see which images there are, and which of them expire when.
    #[track_caller]
    pub fn grant_inspect(&self, to: &impl Grantable<'app>) {
        to.grantee().add_statement(
            Statement::allow()
                .actions(["ecr:DescribeImages", "ecr:GetLifecyclePolicy"])
                .resource(self.arn()),
        );
    }

    /// Lets another account find and pull images, as far as policies of that account permit its roles the same. Can be
    /// called for several. Without a call only roles of this account can.
    pub fn grant_pull_to_account(&self, account_id: impl IntoValue<String>) {
        // ECR takes no resource in the policy of a repository: it is the repository itself.
        let statement = Statement::allow()
            .principal(Principal::account(account_id))
            .actions(PULL)
            .action("ecr:DescribeImages");
        PolicyDocument::add_to(*self.repository, "RepositoryPolicyText", statement);
    }

    /// Lets a role pull and push images.
    #[track_caller]
    pub fn grant_pull_push(&self, to: &impl Grantable<'app>) {
        self.grant(to, &[&PULL[..], &PUSH[..]].concat());
    }

    #[track_caller]
    fn grant(&self, to: &impl Grantable<'app>, actions: &[&str]) {
        let role = to.grantee();
        role.add_statement(
            Statement::allow()
                .actions(actions.iter().copied())
                .resource(self.arn()),
        );
        // The token is for the whole registry: IAM knows no resource for it.
        role.add_statement(
            Statement::allow()
                .action("ecr:GetAuthorizationToken")
                .resource("*"),
        );
    }
}

impl<'app> Construct<'app> for Repository<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
