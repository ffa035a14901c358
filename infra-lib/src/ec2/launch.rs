//! Properties that instances and launch templates share.

use infra_cfn::iam::{CfnInstanceProfile, CfnInstanceProfileProps};

use super::outbound::{Outbound, create_group};
use super::{
    InstanceType, InterfaceEndpointService, MachineImage, SecurityGroup, SessionManager, Tier, Vpc,
};
use crate::iam::{RoleRef, instance_role};
use crate::{Diagnostic, Scope, codes};

/// Inserts the properties of every launch into those of a construct, as `shared launch_properties`.
macro_rules! launch_properties {
    ([$($before:tt)*] $($rest:tt)*) => {
        $crate::__construct_props! { $($before)*
            /// VPC of the security group. Changing it replaces an instance.
            required_handle vpc: $crate::ec2::Vpc<'app>,
            /// Instance type. Its architecture must be that of the machine image (`INF4115`). Changing it stops and
            /// starts an instance.
            required instance_type: $crate::ec2::InstanceType,
            /// Machine image. Changing it replaces an instance.
            required machine_image: $crate::ec2::MachineImage,
            /// User data, at most 16 KB (`INF4116`). Default: none. Changing it restarts an instance.
            optional user_data: $crate::ec2::UserData,
            /// Role of the instances, which `ec2.amazonaws.com` must be able to assume (`INF4609`). Default: a new role.
            reference role: AsRole::as_role => $crate::iam::RoleRef<'app>,
            /// Security group of the instances. Default: a new one that allows no inbound traffic, and outbound HTTPS.
            handle security_group: $crate::ec2::SecurityGroup<'app>,
            /// Access to a shell by Session Manager. Default: enabled (CloudFormation: a matter of the role).
            default session_manager: $crate::ec2::SessionManager = $crate::ec2::SessionManager::Enabled,
            /// Key pair for SSH. Default: none, as in CloudFormation. Changing it replaces an instance.
            reference key_pair: AsKeyPair::as_key_pair => $crate::ec2::KeyPairRef<'app>,
            /// Placement group. Default: none, as in CloudFormation. Changing it replaces an instance.
            reference placement_group: AsPlacementGroup::as_placement_group => $crate::ec2::PlacementGroupRef<'app>,
            /// Size of the root volume, rounded up to GiB. Default: the size of the image, as in CloudFormation.
            optional root_volume_size: $crate::Size,
            /// Key that encrypts the root volume. Default: the key of the account for EBS.
            reference encryption_key: AsKey::as_key => $crate::kms::KeyRef<'app>,
            /// Interval of the metrics. Default: 5 minutes, as in CloudFormation.
            default detailed_monitoring: $crate::ec2::DetailedMonitoring = $crate::ec2::DetailedMonitoring::Disabled,
            $($rest)*
        }
    };
}

/// Sets what has the same name in the properties of an instance and in the data of a launch template. `$types` is the
/// module of their nested types, `$new_mapping` makes a mapping from the name of a device, and `$path` leads from the
/// properties of the resource to these.
macro_rules! set_launch_properties {
    ($cfn:expr, $types:ident, $path:literal, $new_mapping:expr, $scope:expr, $props:expr) => {{
        let (scope, props) = ($scope, $props);
        $crate::ec2::launch::check_architecture(
            scope,
            concat!($path, "InstanceType"),
            &props.instance_type,
            &props.machine_image,
        );
        let architecture = props.instance_type.architecture();
        let user_data = props
            .user_data
            .and_then(|data| data.render(scope, concat!($path, "UserData")));
        let root_volume = $types::Ebs::new()
            .volume_type($types::EbsVolumeType::GP3)
            .encrypted(true)
            .delete_on_termination(true)
            .with(props.root_volume_size, |ebs, size| {
                ebs.volume_size(size.as_mib().div_ceil(1_024).cast_signed())
            })
            .with(props.encryption_key, |ebs, key| {
                ebs.kms_key_id(key.arn().cast::<String>())
            });
        $cfn.image_id(props.machine_image.image_id(architecture))
            .instance_type(props.instance_type.as_str())
            .metadata_options(
                $types::MetadataOptions::new()
                    .http_endpoint($types::MetadataOptionsHttpEndpoint::ENABLED)
                    .http_tokens($types::MetadataOptionsHttpTokens::REQUIRED),
            )
            .block_device_mappings(vec![
                $new_mapping(props.machine_image.root_device()).ebs(root_volume),
            ])
            .with(user_data, |cfn, data| cfn.user_data(data))
            .with(props.key_pair, |cfn, pair| {
                cfn.key_name(pair.key_pair_name().cast::<String>())
            })
    }};
}

pub(super) use {launch_properties, set_launch_properties};

/// Purpose of the outbound rule of instances.
const PURPOSE: &str = "HTTPS, for the APIs of AWS and packages";

/// Returns the outbound traffic of the security group of instances in a tier, if it is known.
pub(super) const fn outbound_of(tier: Option<Tier>) -> Outbound {
    match tier {
        // Isolated subnets have no way out.
        Some(Tier::Isolated) => Outbound::Nothing,
        _ => Outbound::Https(PURPOSE),
    }
}

/// The resources of instances besides their own properties.
pub(super) struct Surroundings<'app> {
    pub(super) security_group: SecurityGroup<'app>,
    pub(super) role: RoleRef<'app>,
    pub(super) profile: CfnInstanceProfile<'app>,
}

/// Creates what was not given: a security group, and a role in an instance profile, with the permissions of Session
/// Manager. The IDs are those of the CDK.
#[track_caller]
pub(super) fn create_surroundings<'app>(
    scope: Scope<'app>,
    vpc: Vpc<'app>,
    tier: Option<Tier>,
    security_group: Option<SecurityGroup<'app>>,
    role: Option<RoleRef<'app>>,
    session_manager: SessionManager,
    profile_id: &str,
) -> Surroundings<'app> {
    let security_group = security_group
        .unwrap_or_else(|| create_group(scope, "InstanceSecurityGroup", vpc, outbound_of(tier)));
    let role = instance_role(scope, role);
    let profile = CfnInstanceProfileProps::new([role.role_name()]).build(scope, profile_id);
    if session_manager == SessionManager::Enabled {
        role.add_aws_managed_policy("AmazonSSMManagedInstanceCore");
    }
    Surroundings {
        security_group,
        role,
        profile,
    }
}

/// Requires that Session Manager can reach instances in private subnets, by NAT or by endpoints (`INF4108`).
pub(crate) fn require_session_manager<'app>(scope: Scope<'app>, vpc: Vpc<'app>, tier: Tier) {
    if tier == Tier::PrivateWithEgress {
        let services = [
            InterfaceEndpointService::SSM,
            InterfaceEndpointService::SSM_MESSAGES,
        ];
        vpc.private().requires_reach(scope, &services);
    }
}

/// Reports an instance type of another architecture than that of the image.
pub(super) fn check_architecture(
    scope: Scope<'_>,
    property: &'static str,
    instance_type: &InstanceType,
    image: &MachineImage,
) {
    let own = instance_type.architecture();
    let Some(expected) = image.architecture().filter(|image| *image != own) else {
        return;
    };
    scope.report(
        Diagnostic::new(
            codes::IMAGE_ARCHITECTURE,
            format!("EC2 cannot start an image for {expected} on an instance for {own}"),
        )
        .property(property)
        .actual(format!("`{}`, {own}", instance_type.as_str()))
        .expected(format!("an instance type for {expected}"))
        .help("choose a type of the image's architecture, or an image for that of the type")
        .url("https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html"),
    );
}
