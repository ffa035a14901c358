//! Groups of users that exist already.

use super::Group;
use crate::core::{Arn, Construct, IntoValue, Name, Value, pseudo, sub};
use crate::import::{ArnForm, arn_name, check_form};
use crate::kind;

const ARN: ArnForm = ArnForm::new(
    "iam",
    "group/",
    "the ARN of a group, `arn:aws:iam::ACCOUNT:group/NAME`",
);

crate::import! {
    /// An existing group, from [`Group::from_arn`] or [`Group::from_name`].
    ///
    /// Users of the app become members of it. Its policies belong to the app that creates the group, and no policy of a resource
    /// can name a group, so permissions cannot be granted to it: grant them to the user, or where the group is created. An
    /// [`AWS::IAM::User`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-user.html)
    /// takes the names of its groups, which are in the account of the user.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, iam::{Group, User}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let auditors = Group::from_name(stack, "Auditors", "auditors");
    /// User::builder().group(auditors).build(stack, "Auditor");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// AWS: [User groups](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html).
    pub struct ImportedGroup<'app>: "infra-lib.iam.ImportedGroup" {
        /// Returns the ARN of the group. With [`Group::from_name`], the path of the group is taken to be `/`.
        arn: Arn<kind::iam::Group>,
        /// Returns the physical name of the group, the last part of the ARN. An ARN that is known at deployment only must
        /// have the path `/`.
        group_name: Name<kind::iam::Group>,
    }

    /// A group of the app or an existing one, from [`AsGroup::as_group`].
    pub enum GroupRef of Group;

    /// A group for builders: a [`Group`] or an [`ImportedGroup`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no group",
        label = "a `Group` or an `ImportedGroup` is needed here",
        note = "`Group::from_arn` and `Group::from_name` import an existing group"
    )]
    pub trait AsGroup::as_group;
}

impl<'app> Group<'app> {
    /// Imports an existing group by its ARN. Another literal is reported (`INF8026`).
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::iam::Group>>,
    ) -> ImportedGroup<'app> {
        let arn = arn.into_value();
        let name = arn_name(&arn);
        let group = ImportedGroup::import(scope, id, arn.clone(), name);
        ARN.check(&group, &arn);
        group
    }

    /// Imports an existing group of the account by its name, without a path. A literal with other characters than a name has
    /// is reported (`INF8026`).
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::iam::Group>>,
    ) -> ImportedGroup<'app> {
        let name = name.into_value();
        let arn = arn_in_account("group/", &name);
        let group = ImportedGroup::import(scope, id, arn.cast(), name.clone());
        check_name(&group, &name, "a group", NAME_CHARACTERS);
        group
    }
}

/// Returns the ARN of a resource of IAM in the account of the stack.
pub(super) fn arn_in_account<T>(kind: &'static str, name: &Value<T>) -> Value<String> {
    let name = name.clone().cast::<String>();
    sub![
        "arn:",
        pseudo::partition(),
        ":iam::",
        pseudo::account_id(),
        ":",
        kind,
        name
    ]
}

/// Characters of the names of groups and managed policies in addition to letters and digits.
pub(super) const NAME_CHARACTERS: &str = "_+=,.@-";

/// Reports a literal with other characters than letters, digits and the given ones, which names of IAM exclude (`INF8026`).
///
/// See [names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
pub(super) fn check_name<'app, T>(
    import: &impl Construct<'app>,
    name: &Value<T>,
    of: &str,
    others: &str,
) {
    let shown =
        format!("the name of {of}: at most 128 letters, digits and `{others}`, without a path");
    check_form(import, name, &shown, |name| {
        (1..=128).contains(&name.len())
            && name
                .chars()
                .all(|one| one.is_ascii_alphanumeric() || others.contains(one))
    });
}
