//! The [`VolumeAttachment`] construct.

use infra_cfn::ec2::{CfnVolumeAttachment, CfnVolumeAttachmentProps};

use super::{AsInstance, AsVolume, InstanceRef, VolumeRef};
use crate::{Diagnostic, Scope, Value, codes};

crate::construct! {
    /// A volume attached to an instance as a device.
    ///
    /// Creates an
    /// [`AWS::EC2::VolumeAttachment`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-volumeattachment.html).
    /// Both must be in the same Availability Zone; zones that are known to differ are reported (`INF4123`). EC2 attaches the
    /// volume while the instance runs, so its user data must wait for the device, format it if it is empty, and mount it.
    ///
    /// A change replaces the attachment, which detaches the volume: unmount it before.
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::{Instance, Volume, VolumeAttachment};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Compute");
    /// VolumeAttachment::builder()
    ///     .volume(Volume::from_id(stack, "Data", "vol-0123456789abcdef0"))
    ///     .instance(Instance::from_id(stack, "Server", "i-0123456789abcdef0"))
    ///     .device("/dev/sdf")
    ///     .build(stack, "Attachment");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct VolumeAttachment<'app>: "infra-lib.ec2.VolumeAttachment" {
        resource: CfnVolumeAttachment<'app>,
    }

    /// Properties of a [`VolumeAttachment`], set through [`VolumeAttachment::builder`].
    pub struct VolumeAttachmentProps, VolumeAttachmentBuilder, volume_attachment_builder {
        /// Volume. Changing it replaces the attachment.
        required_reference volume: AsVolume::as_volume => VolumeRef<'app>,
        /// Instance. Changing it replaces the attachment.
        required_reference instance: AsInstance::as_instance => InstanceRef<'app>,
        /// Name of the device, `/dev/sdf` to `/dev/sdp`, which Nitro instances show as `/dev/nvme…`
        /// ([device names](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html)). Changing it replaces the
        /// attachment.
        required_value device: String,
    }
}

impl<'app> VolumeAttachment<'app> {
    fn create(scope: Scope<'app>, props: VolumeAttachmentProps<'app>) -> Self {
        check_zones(scope, &props);
        let (instance, volume) = (props.instance.instance_id(), props.volume.volume_id());
        let resource = CfnVolumeAttachmentProps::new(instance, volume)
            .device(props.device)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the L1 binding of the attachment.
    pub fn cfn(&self) -> CfnVolumeAttachment<'app> {
        self.resource
    }
}

/// Reports a volume and an instance whose zones are known to differ: by their names, or as two zones of the VPC.
fn check_zones(scope: Scope<'_>, props: &VolumeAttachmentProps<'_>) {
    let (VolumeRef::Own(volume), InstanceRef::Own(instance)) = (&props.volume, &props.instance)
    else {
        return;
    };
    let (own, expected) = (volume.availability_zone(), instance.availability_zone());
    let zones = instance.zones_of_vpc();
    let at = |zone: &Value<String>| zones.iter().position(|other| other == zone);
    let describe = |zone: &Value<String>, at: Option<usize>| match (zone.as_literal(), at) {
        (Some(name), _) => Some(format!("`{name}`")),
        (None, at) => at.map(|at| format!("zone {} of the VPC", at + 1)),
    };
    let literal = own.as_literal().is_some() && expected.as_literal().is_some();
    let both_of_vpc = at(&own).is_some() && at(&expected).is_some();
    if own == expected || !(literal || both_of_vpc) {
        return;
    }
    let (Some(actual), Some(expected)) =
        (describe(&own, at(&own)), describe(&expected, at(&expected)))
    else {
        return;
    };
    scope.report(
        Diagnostic::new(
            codes::VOLUME_ZONE,
            "the volume is in another Availability Zone than the instance",
        )
        .property("VolumeId")
        .actual(actual)
        .expected(format!("{expected}, that of the instance"))
        .related(
            "the volume is defined here",
            crate::Construct::scope(volume).origin(),
        )
        .related(
            "the instance is defined here",
            crate::Construct::scope(instance).origin(),
        )
        .help("set `.availability_zone(instance.availability_zone())` for the volume")
        .url("https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html"),
    );
}
