//! The [`VolumeAttachment`] construct.

use infra_cfn::ec2::{CfnVolumeAttachment, CfnVolumeAttachmentProps};

use super::subnet_choice::check_zone;
use super::{AsInstance, AsVolume, InstanceRef, VolumeRef};
use crate::Scope;

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
        if let VolumeRef::Own(volume) = props.volume {
            let zone = volume.availability_zone();
            check_zone(scope, "volume", &volume, &zone, &props.instance);
        }
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
