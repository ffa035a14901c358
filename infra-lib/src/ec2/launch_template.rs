//! The [`LaunchTemplate`] construct, and existing launch templates.

use infra_cfn::ec2::{CfnLaunchTemplate, CfnLaunchTemplateProps, launch_template};
use infra_cfn::kind;

use super::launch::{Surroundings, create_surroundings, launch_properties, set_launch_properties};
use super::{
    Architecture, AsKeyPair, AsPlacementGroup, Connectable, Connections, DetailedMonitoring,
    SecurityGroup, SessionManager,
};
use crate::construct::With;
use crate::iam::{AsRole, Grantable, Grantee, Identity, RoleRef};
use crate::kms::AsKey;
use crate::{Construct, Id, IntoValue, Scope, Value};

crate::construct! {
    /// A launch template: what an Auto Scaling group or another service needs to start instances.
    ///
    /// Creates an
    /// [`AWS::EC2::LaunchTemplate`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html)
    /// with a security group, an instance profile and a role. Every change of a property creates a new version. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | inbound traffic | nothing | the default group of the VPC |
    /// | outbound traffic | HTTPS, for the APIs of AWS and packages | everything |
    /// | shell | Session Manager, without SSH | SSH with a key pair |
    /// | instance metadata | IMDSv2 with session tokens only | depends on image and account |
    /// | root volume | encrypted gp3, deleted with the instance | as in the image |
    /// | monitoring | every 5 minutes | every 5 minutes |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{InstanceType, LaunchTemplate, MachineImage, Vpc};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Compute");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let template = LaunchTemplate::builder()
    ///     .vpc(vpc)
    ///     .instance_type(InstanceType::M7G_LARGE)
    ///     .machine_image(MachineImage::amazon_linux_2023())
    ///     .build(stack, "Worker");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct LaunchTemplate<'app>: "infra-lib.ec2.LaunchTemplate" {
        resource: CfnLaunchTemplate<'app>,
        role: RoleRef<'app>,
        security_group: SecurityGroup<'app>,
        session_manager: SessionManager,
        architecture: Architecture,
    }

    /// Properties of a [`LaunchTemplate`], set through [`LaunchTemplate::builder`].
    pub struct LaunchTemplateProps, LaunchTemplateBuilder, launch_template_builder {
        shared launch_properties,
        /// Physical name of the template. Default: a generated name. Changing it replaces the template.
        text launch_template_name,
    }
}

impl<'app> LaunchTemplate<'app> {
    fn create(scope: Scope<'app>, props: LaunchTemplateProps<'app>) -> Self {
        Self::create_with(scope, scope, props)
    }

    /// Creates the template in `scope`, and its security group, role and instance profile in `owner`.
    fn create_with(
        scope: Scope<'app>,
        owner: Scope<'app>,
        props: LaunchTemplateProps<'app>,
    ) -> Self {
        let session_manager = props.session_manager;
        let architecture = props.instance_type.architecture();
        let Surroundings {
            security_group,
            role,
            profile,
        } = create_surroundings(
            owner,
            props.vpc,
            None,
            props.security_group,
            props.role,
            session_manager,
            if owner == scope {
                "Profile"
            } else {
                "InstanceProfile"
            },
        );
        let name = props.launch_template_name.clone();
        let data = launch_template::LaunchTemplateData::new()
            .iam_instance_profile(
                launch_template::IamInstanceProfile::new().arn(profile.attr_arn().cast::<String>()),
            )
            .security_group_ids(vec![security_group.id()])
            .monitoring(
                launch_template::Monitoring::new()
                    .enabled(props.detailed_monitoring == DetailedMonitoring::Enabled),
            )
            .with(props.placement_group, |data, group| {
                let name = group.placement_group_name();
                data.placement(launch_template::Placement::new().group_name(name))
            });
        let new_mapping =
            |device: &str| launch_template::BlockDeviceMapping::new().device_name(device);
        let data = set_launch_properties!(
            data,
            launch_template,
            "LaunchTemplateData.",
            new_mapping,
            scope,
            props
        );
        let resource = CfnLaunchTemplateProps::new(data)
            .with(name, CfnLaunchTemplateProps::launch_template_name)
            .build(scope, "Resource");
        Self {
            scope,
            resource,
            role,
            security_group,
            session_manager,
            architecture,
        }
    }

    /// Imports an existing launch template by its ID, `lt-…`, and a version: a number, `$Latest` or `$Default`.
    ///
    /// `security_group` is that of the template, so that connections to the instances can be allowed.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        launch_template_id: impl IntoValue<Id<kind::ec2::LaunchTemplate>>,
        version: impl IntoValue<String>,
        security_group: SecurityGroup<'app>,
    ) -> ImportedLaunchTemplate<'app> {
        let (template, version) = (launch_template_id.into_value(), version.into_value());
        let imported = ImportedLaunchTemplate::import(scope, id, template, version);
        imported
            .scope()
            .attach(ImportedGroup(security_group.scope().node_id()));
        imported
    }

    /// Returns the ID of the launch template, `lt-…`.
    pub fn launch_template_id(&self) -> Value<Id<kind::ec2::LaunchTemplate>> {
        self.resource.ref_()
    }

    /// Returns the number of the latest version, which changes with every property.
    pub fn version(&self) -> Value<String> {
        self.resource.attr_latest_version_number()
    }

    /// Returns the role of the instances.
    pub fn role(&self) -> RoleRef<'app> {
        self.role
    }

    /// Returns the security group of the instances.
    pub fn security_group(&self) -> SecurityGroup<'app> {
        self.security_group
    }

    /// Returns the processor architecture of the instances.
    pub const fn architecture(&self) -> Architecture {
        self.architecture
    }

    /// Returns the access to a shell by Session Manager.
    pub const fn session_manager(&self) -> SessionManager {
        self.session_manager
    }

    /// Returns the L1 binding of the launch template.
    pub fn cfn(&self) -> CfnLaunchTemplate<'app> {
        self.resource
    }
}

impl<'app> Connectable<'app> for LaunchTemplate<'app> {
    fn connections(&self) -> Connections<'app> {
        Connections::new(vec![self.security_group], None)
    }
}

/// Grants permissions to the role of the instances.
impl<'app> Grantable<'app> for LaunchTemplate<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.role.grantee()
    }
}

impl<'app> Identity<'app> for LaunchTemplate<'app> {}

crate::import! {
    /// An existing launch template, from [`LaunchTemplate::from_id`].
    pub struct ImportedLaunchTemplate<'app>: "infra-lib.ec2.ImportedLaunchTemplate" {
        /// Returns the ID of the launch template, `lt-…`.
        launch_template_id: Id<kind::ec2::LaunchTemplate>,
        /// Returns the version that instances are started with.
        version: String,
    }

    /// A launch template of the app or an existing one, from [`AsLaunchTemplate::as_launch_template`].
    pub enum LaunchTemplateRef of LaunchTemplate;

    /// A launch template for builders: a [`LaunchTemplate`] or an [`ImportedLaunchTemplate`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no launch template",
        label = "a `LaunchTemplate` or an `ImportedLaunchTemplate` is needed here"
    )]
    pub trait AsLaunchTemplate::as_launch_template;
}

/// The source that another construct starts its instances from: a [`LaunchTemplate`], an [`ImportedLaunchTemplate`], or
/// the builder of a template, which the construct builds for itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a launch template nor the complete builder of one",
    label = "a `LaunchTemplate`, an `ImportedLaunchTemplate` or `LaunchTemplate::builder()` is needed here",
    note = "a builder needs `vpc`, `instance_type` and `machine_image`, and no `build`"
)]
pub trait IntoLaunch<'app> {
    /// Returns the launch template, or the properties of one.
    fn into_launch(self) -> Launch<'app>;
}

/// A launch template, or the properties of one that is still to be built, from [`IntoLaunch::into_launch`].
#[derive(Debug)]
pub struct Launch<'app>(LaunchKind<'app>);

#[derive(Debug)]
enum LaunchKind<'app> {
    Template(LaunchTemplateRef<'app>),
    Properties(Box<LaunchTemplateProps<'app>>),
}

impl<'app, T: AsLaunchTemplate<'app>> IntoLaunch<'app> for T {
    fn into_launch(self) -> Launch<'app> {
        Launch(LaunchKind::Template(self.as_launch_template()))
    }
}

impl<'app, S: launch_template_builder::IsComplete> IntoLaunch<'app>
    for LaunchTemplateBuilder<'app, S>
{
    fn into_launch(self) -> Launch<'app> {
        Launch(LaunchKind::Properties(Box::new(self.props())))
    }
}

impl<'app> Launch<'app> {
    /// Returns the template, which is built if it is not yet: as the child `LaunchTemplate` of `owner`, which also gets
    /// the security group, the role and the instance profile of the instances. The IDs are those of the CDK.
    #[track_caller]
    pub fn template(self, owner: impl Construct<'app>) -> LaunchTemplateRef<'app> {
        match self.0 {
            LaunchKind::Template(template) => template,
            LaunchKind::Properties(props) => {
                let owner = owner.scope();
                let scope =
                    owner.library_construct("LaunchTemplate", "infra-lib.ec2.LaunchTemplate");
                LaunchTemplateRef::Own(LaunchTemplate::create_with(scope, owner, *props))
            }
        }
    }
}

/// Node of the security group of an imported launch template.
struct ImportedGroup(crate::core::NodeId);

impl<'app> Connectable<'app> for ImportedLaunchTemplate<'app> {
    fn connections(&self) -> Connections<'app> {
        let scope = self.scope();
        let group = scope.attached::<ImportedGroup>();
        let node = group.and_then(|group| scope.node(group.0));
        let groups = node.into_iter().map(SecurityGroup::from_scope);
        Connections::new(groups.collect(), None)
    }
}

impl<'app> Connectable<'app> for LaunchTemplateRef<'app> {
    fn connections(&self) -> Connections<'app> {
        match self {
            Self::Own(template) => template.connections(),
            Self::Imported(template) => template.connections(),
        }
    }
}
